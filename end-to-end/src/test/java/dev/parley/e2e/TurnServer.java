package dev.parley.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A coturn on two addresses of loopback, for one user. */
final class TurnServer implements AutoCloseable {
    static final List<String> ADDRESSES = List.of("127.0.0.1", "127.0.0.2");
    static final String CREDENTIALS = "somebody:secret";

    private final int port;
    private final Process process;

    /** @param folder for its log */
    TurnServer(Path folder) throws IOException, InterruptedException {
        port = freePort();
        process = new ProcessBuilder(
                        "turnserver",
                        "-n",
                        "--listening-ip=" + ADDRESSES.get(0),
                        "--listening-ip=" + ADDRESSES.get(1),
                        "--relay-ip=127.0.0.1",
                        "--allow-loopback-peers",
                        "--listening-port=" + port,
                        "--min-port=49152",
                        "--max-port=49300",
                        "--lt-cred-mech",
                        "--user=" + CREDENTIALS,
                        "--realm=parley",
                        "--no-tls",
                        "--no-dtls",
                        "--no-cli",
                        "--no-multicast-peers",
                        "--pidfile=" + folder.resolve("turn.pid"),
                        "--log-file=" + folder.resolve("turn.log"),
                        "--simple-log")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("turn.out").toFile())
                .start();
        for (String address : ADDRESSES) awaitOpen(address);
    }

    /** As a page names it, with credentials. */
    String address() {
        return CREDENTIALS + "@" + ADDRESSES.getFirst() + ":" + port;
    }

    private void awaitOpen(String address) throws IOException, InterruptedException {
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; ) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1_000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline)
                    throw new IOException("coturn does not listen on " + address, e);
                Thread.sleep(50);
            }
        }
    }

    /** For TCP and UDP. */
    private static int freePort() throws IOException {
        try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var udp = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
            return udp.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
