package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where things are. {@code root} is the clone; {@code home} holds everything a running suite writes, {@code .parley} unless
 * {@code PARLEY_HOME} says otherwise, so that two suites of one clone keep apart.
 */
record Layout(Path root, Path home) {
    static Layout find() {
        String root = System.getProperty("parley.root");
        if (root == null) throw new Fault("start this by ./parley, which says where the clone is (-Dparley.root)");
        Path clone = Path.of(root).toAbsolutePath().normalize();
        String home = System.getenv("PARLEY_HOME");
        return new Layout(clone, home == null || home.isEmpty() ? clone.resolve(".parley") : Path.of(home).toAbsolutePath());
    }

    Path secrets() {
        return privateFolder("secrets");
    }

    /** Process ids and what was started with what. */
    Path run() {
        return privateFolder("run");
    }

    Path logs() {
        return privateFolder("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Keys and certificates of {@code up --lan}. */
    Path lan() {
        return privateFolder("lan");
    }

    /** Local files of one process. */
    Path data(String name) {
        return privateFolder("data").resolve(name);
    }

    /** Belongs to the clone, not to one suite: what was built from which sources. */
    Path buildStamps() {
        return make(root.resolve(".parley/build"));
    }

    /** Belongs to the clone too: what the JVMs of its processes learnt, see {@link AotCaches}. */
    Path aotCaches() {
        return make(root.resolve(".parley/aot"));
    }

    private Path privateFolder(String name) {
        make(home);
        Path folder = make(home.resolve(name));
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Fault("cannot make " + folder + ": " + e.getMessage());
        }
    }
}
