package dev.parley.checks.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.infra.FreePort;
import dev.parley.infra.Main;
import dev.parley.infra.PostgresPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged process as the launcher runs it: its ready line, its signals, its exit status. */
@Timeout(120)
class InfraProcessTest {
    private static final Path PACKAGED = Path.of("../deploy/infra/target").toAbsolutePath();

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path directory;

    private final List<Process> started = new ArrayList<>();
    private Map<String, String> environment;

    @BeforeEach
    void choosePorts() throws IOException {
        environment = Map.of(
                "PARLEY_INFRA_DIR", directory.toString(),
                "PARLEY_INFRA_POSTGRES_PORT", Integer.toString(FreePort.find()),
                "PARLEY_INFRA_KAFKA_PORT", Integer.toString(FreePort.find()),
                "PARLEY_INFRA_KAFKA_CONTROLLER_PORT", Integer.toString(FreePort.find()),
                "PARLEY_INFRA_S3_PORT", Integer.toString(FreePort.find()),
                "PARLEY_DB_PASSWORD", "correct horse",
                "PARLEY_S3_ACCESS_KEY", "key",
                "PARLEY_S3_SECRET_KEY", "secret");
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
        postmaster().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    @Test
    void aKilledProcessLeavesPostgresWhichTheNextOneAdoptsAndStops() throws Exception {
        Process first = start(environment);
        assertTrue(waitUntilReady(first), "the first start");
        sql("create table kept(x int)");
        first.destroyForcibly().waitFor();
        var leftover = postmaster().orElseThrow();
        assertTrue(leftover.isAlive(), "a killed JVM takes PostgreSQL with it: then this test proves nothing");

        Process second = start(environment);
        assertTrue(waitUntilReady(second), "the start beside the left-over server");
        assertEquals(leftover.pid(), postmaster().orElseThrow().pid());
        sql("insert into kept values (1)");

        second.destroy();
        assertEquals(143, second.waitFor(), "128 + SIGTERM");
        leftover.onExit().get(60, TimeUnit.SECONDS);
        for (String name : List.of("POSTGRES", "KAFKA", "S3")) assertFalse(listens(name), name);
    }

    @Test
    void oneTakenPortStopsTheOtherPartsAndTheProcess() throws Exception {
        int s3Port = Integer.parseInt(environment.get("PARLEY_INFRA_S3_PORT"));
        try (var taken = new ServerSocket(s3Port, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(environment);
            assertFalse(waitUntilReady(process), "ready on port " + taken.getLocalPort() + ", which is taken");
            assertEquals(1, process.waitFor());
        }
        assertTrue(postmaster().isEmpty(), "PostgreSQL still runs");
        assertFalse(listens("KAFKA"));
    }

    @Test
    void thePartThatDiesTakesTheOthersWithIt() throws Exception {
        Process process = start(environment);
        assertTrue(waitUntilReady(process));
        postmaster().orElseThrow().destroyForcibly();
        assertEquals(1, process.waitFor());
        assertFalse(listens("S3"));
    }

    @Test
    void aMissingPasswordIsNamedAndNothingStarts() throws Exception {
        Process process = start(Map.of("PARLEY_INFRA_DIR", directory.toString()));
        assertFalse(waitUntilReady(process));
        assertNotEquals(0, process.waitFor());
        assertFalse(Files.exists(directory.resolve("postgres")));
    }

    private Process start(Map<String, String> environment) throws IOException {
        assertTrue(Files.exists(PACKAGED.resolve("infra.jar")), "not packaged: mvn -pl checks -am verify does it");
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                PACKAGED.resolve("infra.jar") + ":" + PACKAGED.resolve("lib") + "/*",
                "dev.parley.infra.Main");
        builder.redirectErrorStream(true).environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }

    /** True at the ready line, false when the process ended without one. */
    private static boolean waitUntilReady(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Main.READY)) return true;
        }
        return false;
    }

    private void sql(String statement) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + environment.get("PARLEY_INFRA_POSTGRES_PORT") + "/parley";
        try (var connection =
                        DriverManager.getConnection(url, PostgresPart.USER, environment.get("PARLEY_DB_PASSWORD"));
                var work = connection.createStatement()) {
            work.execute(statement);
        }
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = directory.resolve("postgres/postmaster.pid");
        if (!Files.exists(file)) return Optional.empty();
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    }

    private boolean listens(String part) {
        int port = Integer.parseInt(environment.get("PARLEY_INFRA_" + part + "_PORT"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
