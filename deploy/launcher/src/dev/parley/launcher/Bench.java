package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** {@code ./parley bench [NAME ...]}: runs a main class {@code dev.parley.bench.NAME}; without a name, says which there are. */
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
        var command = new java.util.ArrayList<>(List.of(
                Suite.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                new ModuleClassPath(layout, "bench").get(),
                "dev.parley.bench." + arguments[0]));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return Shell.show(layout.root(), command.toArray(String[]::new));
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
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
