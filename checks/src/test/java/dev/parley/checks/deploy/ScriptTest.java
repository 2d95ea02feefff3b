package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code parley} in a clone whose launcher is one small class. */
class ScriptTest {
    @TempDir
    Path clone;

    private Path source;

    @BeforeEach
    void makeClone() throws IOException {
        Files.copy(Launcher.ROOT.resolve("parley"), clone.resolve("parley"));
        assertTrue(clone.resolve("parley").toFile().setExecutable(true));
        source = Files.createDirectories(clone.resolve("deploy/launcher/src/dev/parley/launcher"))
                .resolve("Main.java");
        says("first");
    }

    @Test
    void theLauncherIsCompiledOnceAndAgainWhenItsSourcesChange() throws Exception {
        assertEquals("first of 1", parley("a word"));
        Path jar = onlyJar();
        var made = Files.readAttributes(jar, "unix:ino").get("ino");
        assertEquals("first of 2", parley("two", "words"));
        assertEquals(made, Files.readAttributes(jar, "unix:ino").get("ino"), "compiled again without need");
        says("second");
        // The clock of the file system is coarse: an edit in the moment of the compilation is what the script looks out
        // for.
        Files.setLastModifiedTime(
                source, FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(1)));
        assertEquals("second of 0", parley());
        assertEquals(jar, onlyJar(), "nothing else is left behind");
    }

    @Test
    void whereNothingCanBeWrittenTheSourcesRunAsTheyAre() throws Exception {
        // A file where the folder would be: root may write into any folder.
        Files.writeString(clone.resolve(".parley"), "");
        assertEquals("first of 1", parley("a word"));
    }

    private void says(String word) throws IOException {
        Files.writeString(source, """
                package dev.parley.launcher;

                public final class Main {
                    public static void main(String[] arguments) {
                        System.out.println("%s of " + arguments.length);
                    }
                }
                """.formatted(word));
        // Older than any jar that is made of it from now on.
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private Path onlyJar() throws IOException {
        try (Stream<Path> all = Files.list(clone.resolve(".parley"))) {
            var files = all.toList();
            assertEquals(1, files.size(), files.toString());
            return files.getFirst();
        }
    }

    private String parley(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of(clone.resolve("parley").toString()), Stream.of(arguments))
                .toList();
        Path out = clone.resolve("out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertTrue(process.waitFor(240, TimeUnit.SECONDS), "the script hangs");
        assertEquals(0, process.exitValue(), Files.readString(out));
        return Files.readString(out).strip();
    }
}
