package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches of a small real JVM that goes by the name of infra: recorded, used, and refused. */
class AotCachesTest {
    private static final long DEADLINE_MS = 120_000;

    @TempDir
    static Path classes;

    private static Launcher launcher;

    @TempDir
    Path clone;

    private Object running;
    private Object caches;
    private Path log;

    @BeforeAll
    static void compileTheLauncher() throws IOException {
        launcher = new Launcher(classes);
    }

    @AfterAll
    static void close() throws IOException {
        launcher.close();
    }

    @BeforeEach
    void start() throws Exception {
        var layout = launcher.layout(clone, clone.resolve("home"));
        running = launcher.make("Running", layout);
        caches = launcher.make("AotCaches", layout);
        log = (Path) launcher.call(layout, "log", "infra");
        makeProgram();
    }

    @AfterEach
    void stop() throws Exception {
        launcher.call(running, "kill", "infra");
    }

    @Test
    void aProcessWithoutACacheIsTrainedAndOneWhoseCacheTookIsNot() throws Exception {
        assertEquals(List.of(), missing(), "nothing runs");
        run(List.of());
        assertEquals(List.of("infra"), missing());
        endTrained();

        train();
        run(flags());
        assertEquals(List.of(), missing());
    }

    @Test
    void aCacheThatTheJvmRefusesIsMissing() throws Exception {
        train();
        Path cache = clone.resolve(".parley/aot/infra.aot");
        assertTrue(Files.size(cache) > 1_000_000, "a cache was made");
        Files.writeString(cache, "of another JVM");
        run(flags());
        assertEquals(List.of("infra"), missing(), "and the process runs all the same");
    }

    @Test
    void aTrainingThatLeftNoCacheFails() throws Exception {
        assertEquals(1, launcher.call(caches, "keep", "infra", true, System.nanoTime()));
        assertEquals(List.of(), flags());
    }

    private void train() throws Exception {
        run(strings(launcher.call(caches, "recording", "infra")));
        endTrained();
        assertEquals(0, launcher.call(caches, "keep", "infra", true, System.nanoTime()), Files.readString(log));
    }

    private void endTrained() throws Exception {
        assertEquals(true, launcher.call(running, "stopTrained", "infra"));
    }

    private List<String> missing() throws Exception {
        return strings(launcher.call(caches, "missing"));
    }

    private List<String> flags() throws Exception {
        return strings(launcher.call(caches, "jvmFlags", "infra"));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    /** Until the program says that it runs. */
    private void run(List<String> flags) throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                clone.resolve("program.jar").toString(),
                "Program"));
        launcher.call(running, "start", "infra", clone, Map.of(), command);
        long deadline = System.nanoTime() + DEADLINE_MS * 1_000_000;
        while (!Files.readString(log).contains("up\n")) {
            if (System.nanoTime() > deadline) throw new AssertionError("not up: " + Files.readString(log));
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** In a jar, because the JVM caches no class that it found in a folder. */
    private void makeProgram() throws IOException {
        Path source = clone.resolve("Program.java");
        Files.writeString(source, """
                class Program {
                    public static void main(String[] args) throws Exception {
                        System.out.println("up");
                        Thread.currentThread().join();
                    }
                }
                """);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (var jar = new JarOutputStream(Files.newOutputStream(clone.resolve("program.jar")), manifest)) {
            jar.putNextEntry(new JarEntry("Program.class"));
            Files.copy(clone.resolve("Program.class"), jar);
        }
    }
}
