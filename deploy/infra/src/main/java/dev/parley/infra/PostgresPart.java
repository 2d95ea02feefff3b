package dev.parley.infra;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A real PostgreSQL server, run as a child process from the binaries in the jar; zonky wraps it in {@code unshare -U} when we are
 * root, which PostgreSQL refuses to run as. It listens on 127.0.0.1 only and asks for the password on every connection, the Unix
 * socket's included. The server outlives a JVM that was killed; the next start with the same directory and port adopts it.
 */
public final class PostgresPart implements Part {
    /** The only role; zonky fixes its name. */
    public static final String USER = "postgres";

    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;
    private final String database;

    private PostgresPart(EmbeddedPostgres server, ProcessHandle postmaster, String database) {
        this.server = server;
        this.postmaster = postmaster;
        this.database = database;
    }

    /**
     * @param data     made and filled when missing
     * @param binaries where the jar's binaries are unpacked; several servers and processes may share it
     * @param port     TCP port on 127.0.0.1; 0 takes a free one
     * @param password of role {@link #USER}. It is set when the data directory is new; later starts must give the same one
     * @param database created when missing; a plain lower-case name
     * @param settings more lines for the server's configuration, may be empty
     * @param log      where the server and its tools write; never this process's own output, which may be somebody's protocol
     * @throws PartFailed when the server is not usable within 30 s
     */
    public static PostgresPart start(
            Path data,
            Path binaries,
            int port,
            String password,
            String database,
            Map<String, String> settings,
            Path log) {
        if (!database.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + database);
        }
        try {
            Files.createDirectories(data);
            Files.createDirectories(binaries);
            Path passwordFile = Files.createTempFile(
                    data.toAbsolutePath().getParent(),
                    "pw",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(passwordFile, password + "\n");
                var builder = builder(data, binaries, passwordFile, password)
                        .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
                settings.forEach(builder::setServerConfig);
                builder.setPort(port == 0 ? FreePort.find() : port);
                var part = new PostgresPart(builder.start(), postmaster(data), database);
                part.createDatabase(password);
                return part;
            } finally {
                Files.deleteIfExists(passwordFile);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            throw new PartFailed("postgres", e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, Path binaries, Path passwordFile, String password) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_MAX)
                .setConnectConfig("password", password)
                .setConnectConfig("connectTimeout", "5")
                // zonky hands "locale" settings to initdb as --key=value, after its own "-A trust"; the last word
                // counts.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "''")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB");
    }

    /** The server's own process: the first line of postmaster.pid. */
    private static ProcessHandle postmaster(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("the server ended at once"));
    }

    private void createDatabase(String password) throws SQLException {
        var admin = server.getPostgresDatabase(Map.of("password", password));
        try (var connection = admin.getConnection();
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
                if (found.next()) return;
            }
            statement.execute("create database " + database);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** For the Vert.x client: {@code postgresql://127.0.0.1:port/database}, no credentials in it. */
    public String url() {
        return "postgresql://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    public CompletableFuture<Void> gone() {
        return postmaster.onExit().thenAccept(_ -> {});
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
