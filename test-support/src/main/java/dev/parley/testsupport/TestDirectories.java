package dev.parley.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One folder per test JVM below the temporary directory, with the JVM's pid in its name. A JVM that was killed leaves its folder
 * and its PostgreSQL behind; the next one to start here removes both.
 */
final class TestDirectories {
    private static final Path TMP = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern NAME = Pattern.compile("parley-parts-(\\d+)-.*");

    private TestDirectories() {}

    static Path create() throws IOException {
        return Files.createTempDirectory(
                TMP, "parley-parts-" + ProcessHandle.current().pid() + "-");
    }

    /** Shared by all test JVMs of this user: unpacking takes a second. */
    static Path postgresBinaries() {
        return TMP.resolve("parley-postgres-" + System.getProperty("user.name"));
    }

    /** Removes what test JVMs that no longer live have left. */
    static void sweep() throws IOException {
        List<Path> left;
        try (var all = Files.list(TMP)) {
            left = all.filter(Files::isWritable)
                    .filter(TestDirectories::isLeftBehind)
                    .toList();
        }
        for (Path directory : left) {
            postmaster(directory).stream()
                    .boxed()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                    .forEach(process -> {
                        process.destroy();
                        process.onExit().join();
                    });
            delete(directory);
        }
    }

    private static boolean isLeftBehind(Path directory) {
        var name = NAME.matcher(directory.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private static OptionalLong postmaster(Path directory) throws IOException {
        try (var lines = Files.lines(directory.resolve("postgres/postmaster.pid"))) {
            return lines.limit(1).mapToLong(Long::parseLong).findFirst();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // another JVM swept it at the same time
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
