package dev.parley.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The configuration of one Janus. As Debian ships it but for what the bench needs: ICE-lite, so that the load's agent is the controlling one as
 * against Parley; a P-256 certificate, because Parley's DTLS knows ECDSA only; HTTP on the loopback interface; the videoroom plugin alone.
 */
final class JanusConfig {
    private static final String KEY = "janus", PASSWORD = "only-for-this-run";

    private JanusConfig() {}

    /**
     * Writes the files.
     *
     * @param network    name of the interface with the media address; Janus takes no loopback interface
     * @param eventLoops 0 = not said: a thread for each peer connection, as shipped
     */
    static void write(Path folder, int httpPort, String network, int eventLoops)
            throws IOException, InterruptedException {
        certificate(folder);
        Files.writeString(folder.resolve("janus.jcfg"), """
                general: {
                  configs_folder = "%1$s"
                  plugins_folder = "%2$s/plugins"
                  transports_folder = "%2$s/transports"
                  debug_level = 4
                  debug_colors = false
                  session_timeout = 0
                  %3$s
                }
                certificates: { cert_pem = "%1$s/cert.pem", cert_key = "%1$s/key.pem" }
                media: { }
                nat: { ice_lite = true, full_trickle = false, ice_enforce_list = "%4$s" }
                plugins: { disable = "%5$s" }
                transports: { disable = "%6$s" }
                """.formatted(
                        folder,
                        installed(),
                        eventLoops > 0 ? "event_loops = " + eventLoops : "",
                        network,
                        others(installed().resolve("plugins"), "libjanus_videoroom.so"),
                        others(installed().resolve("transports"), "libjanus_http.so")));
        Files.writeString(folder.resolve("janus.transport.http.jcfg"), """
                general: { json = "compact", base_path = "/janus", http = true, port = %d, ip = "127.0.0.1", https = false }
                admin: { admin_http = false, admin_https = false }
                """.formatted(httpPort));
        Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: { }\n");
    }

    /** Where Debian has put plugins and transports: /usr/lib/TRIPLET/janus. */
    private static Path installed() throws IOException {
        try (var triplets = Files.list(Path.of("/usr/lib"))) {
            return triplets.map(folder -> folder.resolve("janus"))
                    .filter(folder -> Files.isDirectory(folder.resolve("plugins")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Janus is not installed: sudo apt-get install janus"));
        }
    }

    private static String others(Path folder, String wanted) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".so") && !name.equals(wanted))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    /** cert.pem and key.pem, by the JDK's keytool. */
    private static void certificate(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("cert.p12");
        var keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=janus",
                        "-validity",
                        "30",
                        "-alias",
                        KEY,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0)
            throw new IOException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
        try (var in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            pem(
                    folder.resolve("cert.pem"),
                    "CERTIFICATE",
                    keys.getCertificate(KEY).getEncoded());
            pem(
                    folder.resolve("key.pem"),
                    "PRIVATE KEY",
                    keys.getKey(KEY, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store cannot be read", e);
        }
    }

    private static void pem(Path file, String what, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
