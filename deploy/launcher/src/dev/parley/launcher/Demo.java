package dev.parley.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./parley demo [--keep]}: a call between two browsers, recorded and checked; exit status 0 only if all of it was seen. */
final class Demo {
    private final Layout layout;
    private final Ports ports;

    Demo(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    int run(String[] arguments) {
        return run("dev.parley.e2e.Demo", List.of(arguments));
    }

    /** A main class of end-to-end, against the running suite, which it starts when there is none. */
    int run(String mainClass, List<String> arguments) {
        Packages.ensure(layout, Packages.Need.FFMPEG, Packages.Need.CJK_FONTS, Packages.Need.CHROMIUM);
        if (!new Suite(layout, ports).ready()) {
            System.out.println("starting the suite first");
            new Up(layout, ports).start(false);
        }
        var classPath = new ModuleClassPath(layout, "end-to-end").get();
        var command = new ArrayList<>(List.of(
                Suite.java(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dparley.status=" + new Status(layout, ports).write(),
                "-Dparley.chromium=" + Packages.chromium().map(Path::toString).orElse(""),
                "-cp",
                classPath,
                mainClass));
        command.addAll(arguments);
        return Shell.show(
                Files.exists(layout.root()) ? layout.root() : Path.of("."),
                java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
                command.toArray(String[]::new));
    }
}
