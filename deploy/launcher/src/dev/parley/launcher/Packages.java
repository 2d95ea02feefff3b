package dev.parley.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian packages that the suite runs beside its own jars. Installs them when it may, else says the command. */
final class Packages {
    private Packages() {}

    enum Need {
        MAVEN("maven", "to build"),
        FFMPEG("ffmpeg", "to compose recordings and to play files"),
        CJK_FONTS("fonts-noto-cjk", "for Chinese names in recordings"),
        CHROMIUM("chromium", "for the demo and the browser tests"),
        NODE("nodejs", "to check the web SDK"),
        NPM("npm", "to check the web SDK"),
        AIORTC("python3-aiortc", "for the tests against another WebRTC stack"),
        COTURN("coturn", "for the tests of media through a TURN server"),
        JANUS("janus", "for ./parley bench relay alone: to compare with");

        final String debianPackage;
        final String why;

        Need(String debianPackage, String why) {
            this.debianPackage = debianPackage;
            this.why = why;
        }

        boolean there() {
            return switch (this) {
                case MAVEN -> Shell.which("mvn").isPresent();
                case FFMPEG ->
                    Shell.which("ffmpeg").isPresent() && Shell.which("ffprobe").isPresent();
                case CJK_FONTS -> Shell.ask("fc-list", ":lang=zh", "family").text().contains("CJK")
                        || java.nio.file.Files.isDirectory(Path.of("/usr/share/fonts/opentype/noto"));
                case CHROMIUM -> chromium().isPresent();
                case NODE -> Shell.which("node").isPresent();
                case NPM -> Shell.which("npm").isPresent();
                case COTURN -> Shell.which("turnserver").isPresent();
                case JANUS -> Shell.which("janus").isPresent();
                // Debian's own Python has Debian's aiortc; another one first on the PATH has not.
                case AIORTC -> java.nio.file.Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/aiortc"));
            };
        }
    }

    static java.util.Optional<Path> chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Shell.which(name).stream())
                .findFirst();
    }

    /** The command that a person would type. */
    static String command(List<Need> missing) {
        return "sudo apt-get install -y --no-install-recommends "
                + String.join(" ", missing.stream().map(need -> need.debianPackage).toList());
    }

    static List<Need> missing(Need... needs) {
        return Stream.of(needs).filter(need -> !need.there()).toList();
    }

    /** @throws Fault with the exact command when something is missing and may not be installed here */
    static void ensure(Layout layout, Need... needs) {
        var missing = missing(needs);
        if (missing.isEmpty()) return;
        for (Need need : missing) System.out.println("  missing: " + need.debianPackage + " (" + need.why + ")");
        var prefix = privilege();
        if (Shell.which("apt-get").isEmpty() || prefix == null) {
            throw new Fault("please install and try again:\n    " + command(missing));
        }
        System.out.println("  installing: " + command(missing));
        apt(layout, prefix, List.of("update", "-qq"));
        var install = new ArrayList<>(List.of("install", "-y", "-qq", "--no-install-recommends"));
        missing.forEach(need -> install.add(need.debianPackage));
        apt(layout, prefix, install);
        var still = missing.stream().filter(need -> !need.there()).toList();
        if (!still.isEmpty()) throw new Fault("apt ended without an error, yet these are missing: " + still);
    }

    private static void apt(Layout layout, List<String> prefix, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.add("apt-get");
        command.addAll(arguments);
        Path log = layout.log("apt");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            if (builder.start().waitFor() == 0) return;
        } catch (java.io.IOException e) {
            throw new Fault("cannot run apt-get: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new Fault("interrupted");
        }
        throw new Fault("apt-get " + arguments.getFirst() + " failed\n" + Logs.end(log, 10));
    }

    /** Runs a command as root if that needs no password; what becomes of it does not matter. */
    static void asRoot(String... command) {
        var prefix = privilege();
        if (prefix == null) return;
        var all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        Shell.ask(all.toArray(String[]::new));
    }

    /** How to become root without asking anybody; null when there is no way. */
    private static List<String> privilege() {
        if (Shell.ask("id", "-u").text().equals("0")) return List.of();
        return Shell.ask("sudo", "-n", "true").ok() ? List.of("sudo", "-n", "-E") : null;
    }
}
