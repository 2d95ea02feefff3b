package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./parley bench [NAME ...]}: runs a main class of the package {@code dev.parley.bench}; without a name, says which there are. A class
 * {@code RelayBench} has the name {@code relay}, any other its own.
 */
final class Bench {
    private static final String PACKAGE = "bench/src/main/java/dev/parley/bench";

    private Bench() {}

    static int run(Layout layout, String[] arguments) {
        var known = names(layout);
        if (arguments.length == 0) {
            System.out.println(known.isEmpty() ? "there is no benchmark yet" : "usage: ./parley bench NAME [...], NAME one of "
                    + String.join(", ", known));
            return known.isEmpty() ? 1 : 2;
        }
        if (!known.contains(arguments[0])) throw new Fault("no benchmark " + arguments[0] + "; there are: " + known);
        var rest = List.of(arguments).subList(1, arguments.length);
        var command = new ArrayList<>(List.of(
                Suite.java(),
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                new ModuleClassPath(layout, "bench").get(),
                "dev.parley.bench." + className(arguments[0])));
        if (arguments[0].equals("relay")) command = RelayBench.around(layout, command, rest);
        command.addAll(rest);
        return Shell.show(layout.root(), command.toArray(String[]::new));
    }

    private static String className(String name) {
        return Character.isUpperCase(name.charAt(0)) ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Bench";
    }

    /** Classes with a main method, by name. */
    private static List<String> names(Layout layout) {
        var folder = layout.root().resolve(PACKAGE);
        if (!Files.isDirectory(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> {
                        try {
                            return Files.readString(file).contains("static void main(");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .map(name -> name.endsWith("Bench") ? name.substring(0, name.length() - 5).toLowerCase() : name)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
