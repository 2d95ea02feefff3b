package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The ahead-of-time cache of one program (JEP 483, 514, 515): classes loaded and linked before the program starts. It is made at
 * the end of a run, when the process is asked to stop, and used by the next. A cache that does not fit its program, because the
 * jars, the JDK or the flags changed, makes the start slow and nothing else; so the JVM writes to a file of its own whether it took it.
 */
record AotCache(Layout layout, String name, Path jar) {
    /** Beside the jar: the cache holds relative paths, and a rebuild's {@code clean} takes it along. */
    private Path file() {
        return jar.resolveSibling("parley.aot");
    }

    private Path report() {
        return layout.run().resolve(name + ".aot.log");
    }

    /** Use the cache when there is one that fits, else make one at the end of this run. */
    List<String> flags() {
        if (disabled()) return List.of();
        if (isOutdated()) delete();
        if (!Files.exists(file())) return List.of("-XX:AOTCacheOutput=parley.aot");
        return List.of("-XX:AOTCache=parley.aot", "-Xlog:aot*=warning,aot=warning:file=" + report());
    }

    /** Older than the program, or refused by the JVM in the last run. */
    private boolean isOutdated() {
        try {
            if (!Files.exists(file())) return false;
            if (Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(jar)) < 0) return true;
            return refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True when the JVM said in its last run that it could not use the cache. */
    boolean refused() throws IOException {
        if (!Files.exists(report())) return false;
        var text = Files.readString(report());
        return text.contains("mismatch") || text.contains("Unable to use") || text.contains("disabled");
    }

    boolean exists() {
        return Files.exists(file());
    }

    private void delete() {
        try {
            Files.deleteIfExists(file());
            Files.deleteIfExists(report());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean disabled() {
        return "0".equals(System.getenv("PARLEY_AOT"));
    }
}
