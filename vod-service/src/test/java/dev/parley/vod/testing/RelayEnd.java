package dev.parley.vod.testing;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.rtp.framed.FrameInput;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloAnswer;
import dev.parley.rtp.framed.HelloCodec;
import dev.parley.rtp.framed.PinnedTrust;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The relay's end of the ingress, as docs/internals.md describes it: a TLS 1.3 server that checks the hello and keeps every frame. */
public final class RelayEnd implements AutoCloseable {
    public enum Manner {
        ANSWERS,
        /** Says nothing after the handshake. */
        KEEPS_SILENT
    }

    /** One received packet. */
    public record Packet(long atNs, byte[] bytes) {
        public boolean isRtcp() {
            int type = bytes[1] & 0xFF;
            return type >= 192 && type <= 223;
        }

        public int payloadType() {
            return bytes[1] & 0x7F;
        }

        public boolean marker() {
            return bytes[1] < 0;
        }

        public int sequence() {
            return (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        }

        public long timestamp() {
            return int32(4) & 0xFFFF_FFFFL;
        }

        public long ssrc() {
            return int32(isRtcp() ? 4 : 8) & 0xFFFF_FFFFL;
        }

        public int int32(int offset) {
            return java.nio.ByteBuffer.wrap(bytes).getInt(offset);
        }
    }

    private static KeyStore keys;

    private final Manner manner;
    private final String token;
    private final SSLServerSocket server;
    private final String fingerprint;
    private final List<Packet> packets = new ArrayList<>();
    private Hello.Ingress hello;
    private Socket connection;
    private boolean ended;

    /** @param token the only one that is let in */
    public RelayEnd(Manner manner, String token) throws IOException, GeneralSecurityException {
        this.manner = manner;
        this.token = token;
        KeyStore store = keys();
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(factory.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {"TLSv1.3"});
        fingerprint = PinnedTrust.fingerprint((X509Certificate) store.getCertificate("relay"));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    private static final String PASSWORD = "for-this-test-only";

    /** A certificate made by the JDK's keytool, once per JVM. */
    private static synchronized KeyStore keys() throws IOException, GeneralSecurityException {
        if (keys != null) return keys;
        Path folder = Files.createTempDirectory("vod-test-");
        Path file = folder.resolve("relay.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "relay",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=relay",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (!Files.exists(file)) throw new IOException(said);
        keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Files.delete(file);
        Files.delete(folder);
        return keys;
    }

    public NodeView node() {
        return node(fingerprint);
    }

    /** With another fingerprint than the true one, if one likes. */
    public NodeView node(String pin) {
        var media = new MediaAddress("127.0.0.1", server.getLocalPort(), pin);
        return new NodeView("relay-test", "boot-test", NodeKind.RELAY, "http://127.0.0.1:1", media, "", 0, 0, false, 0);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                // The other side's right; or the end of this server.
            } finally {
                synchronized (packets) {
                    ended |= hello != null;
                    packets.notifyAll();
                }
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        synchronized (packets) {
            connection = socket;
        }
        var in = new FrameInput(new BufferedInputStream(socket.getInputStream()));
        var asked = (Hello.Ingress) HelloCodec.parseHello(in.readLine());
        if (manner == Manner.KEEPS_SILENT) {
            in.readPacket();
            return;
        }
        if (!token.equals(asked.token())) {
            socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.refused(Problem.of(ErrorCode.TOKEN_INVALID))));
            return;
        }
        synchronized (packets) {
            hello = asked;
            packets.notifyAll();
        }
        socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.ingress()));
        for (var packet = in.readPacket(); packet != null; packet = in.readPacket()) {
            byte[] bytes = new byte[packet.readableBytes()];
            packet.getBytes(packet.readerIndex(), bytes);
            synchronized (packets) {
                packets.add(new Packet(System.nanoTime(), bytes));
                packets.notifyAll();
            }
        }
    }

    /** The packets so far, once they are as wanted; fails after 90 s. */
    public List<Packet> await(Predicate<List<Packet>> wanted) throws InterruptedException {
        synchronized (packets) {
            long untilNs = System.nanoTime() + 90_000_000_000L;
            while (!wanted.test(packets)) {
                long restMs = (untilNs - System.nanoTime()) / 1_000_000;
                if (restMs <= 0)
                    throw new AssertionError("after 90 s there are " + packets.size() + " packets, hello " + hello);
                packets.wait(restMs);
            }
            return List.copyOf(packets);
        }
    }

    /** Until the feed's connection has ended; all packets of it. */
    public List<Packet> awaitEnd() throws InterruptedException {
        return await(_ -> ended);
    }

    public Hello.Ingress hello() {
        synchronized (packets) {
            return hello;
        }
    }

    public Hello.Track track(MediaKind kind) {
        return hello().tracks().stream()
                .filter(t -> t.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** As a relay that dies. */
    public void cut() throws IOException {
        synchronized (packets) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (packets) {
            if (connection != null) connection.close();
        }
    }
}
