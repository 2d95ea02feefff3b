package dev.parley.recorder.testing;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.FrameInput;
import dev.parley.rtp.framed.Frames;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloAnswer;
import dev.parley.rtp.framed.HelloCodec;
import dev.parley.rtp.framed.PinnedTrust;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The relay's end of a tap, as docs/internals.md describes it: TLS 1.3, numbered frames, resume out of memory. One room. */
public final class RelayTap implements AutoCloseable {
    private static final String PASSWORD = "for-this-test-only";

    private static KeyStore identity;

    private final SSLServerSocket server;
    private final String fingerprint;
    private final List<TrackEvent> tracks = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final long keepUs;
    private final List<Hello.Tap> hellos = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private boolean held;
    private ErrorCode refusal;

    private record Frame(long us, long wallMs, byte[] packet) {}

    private static final class Reader {
        private final Socket socket;
        private int written;

        Reader(Socket socket, int from) {
            this.socket = socket;
            this.written = from;
        }

        void write(Frame frame, int index) throws IOException {
            write(time(frame.us, frame.wallMs, index));
            write(frame.packet);
        }

        void write(byte[] packet) throws IOException {
            ByteBuf frame = Unpooled.buffer();
            Frames.append(frame, Unpooled.wrappedBuffer(packet));
            socket.getOutputStream().write(frame.array(), 0, frame.readableBytes());
            socket.getOutputStream().flush();
        }
    }

    public RelayTap() throws Exception {
        this(Long.MAX_VALUE);
    }

    /** @param keepUs how far back a reader may resume */
    public RelayTap(long keepUs) throws Exception {
        this.keepUs = keepUs;
        KeyStore keys = identity();
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(factory.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        fingerprint = PinnedTrust.fingerprint((X509Certificate) keys.getCertificate("relay"));
        Thread.ofVirtual().start(this::serve);
        Thread.ofVirtual().start(this::tick);
    }

    /** Of all relays of a run of the tests: keytool is a JVM of its own. */
    private static synchronized KeyStore identity() throws Exception {
        if (identity != null) return identity;
        Path file = Files.createTempDirectory("recorder-test-").resolve("relay.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
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
                .start();
        if (made.waitFor() != 0) throw new IOException("keytool");
        identity = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return identity;
    }

    public MediaAddress address() {
        return new MediaAddress("127.0.0.1", server.getLocalPort(), fingerprint);
    }

    public synchronized void track(TrackEvent event) throws IOException {
        tracks.add(event);
        for (Reader reader : readers) reader.write(trackFrame(event));
    }

    /** One RTP packet arrives now. */
    public void packet(byte[] packet) throws IOException {
        packet(packet, 0);
    }

    /** One RTP packet arrives so much later by the relay's clocks. */
    public synchronized void packet(byte[] packet, long laterMs) throws IOException {
        frames.add(new Frame(nowUs() + 1_000 * laterMs, System.currentTimeMillis() + laterMs, packet));
        if (!held) writeUpToNow();
    }

    /** From now on every hello is answered with this. */
    public synchronized void refuse(ErrorCode with) {
        refusal = with;
    }

    /** What arrives is kept and not given on, as when the reader or the network is slow. */
    public synchronized void hold() {
        held = true;
    }

    public synchronized void release() {
        held = false;
        writeUpToNow();
    }

    /** The wall clock at the arrival of a frame. */
    public synchronized long arrivedMs(int frame) {
        return frames.get(frame).wallMs;
    }

    private void writeUpToNow() {
        for (Reader reader : List.copyOf(readers)) {
            try {
                for (; reader.written < frames.size(); reader.written++)
                    reader.write(frames.get(reader.written), reader.written);
            } catch (IOException e) { // the reader died; another one comes
                readers.remove(reader);
            }
        }
    }

    /** Frames so far. */
    public synchronized int frames() {
        return frames.size();
    }

    public synchronized List<Hello.Tap> hellos() {
        return List.copyOf(hellos);
    }

    /** Breaks the connection as a bad network does. */
    public synchronized void cut() throws IOException {
        for (Reader reader : readers) reader.socket.close();
        readers.clear();
    }

    /** A silent tap still tells the time once a second, else its reader takes the relay for dead. */
    private void tick() {
        while (!server.isClosed()) {
            LockSupport.parkNanos(1_000_000_000L);
            tellTime();
        }
    }

    private synchronized void tellTime() {
        if (held) return;
        for (Reader reader : List.copyOf(readers)) {
            try {
                reader.write(time(nowUs(), System.currentTimeMillis(), frames.size()));
            } catch (IOException e) {
                readers.remove(reader);
            }
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                greet(socket, (Hello.Tap) HelloCodec.parseHello(
                        new FrameInput(new BufferedInputStream(socket.getInputStream())).readLine()));
            } catch (IOException | RuntimeException e) {
                if (!server.isClosed()) System.err.println("test relay: " + e);
            }
        }
    }

    private synchronized void greet(Socket socket, Hello.Tap hello) throws IOException {
        hellos.add(hello);
        if (refusal != null) {
            Problem problem = Problem.of(refusal);
            socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.refused(problem)));
            socket.close();
            return;
        }
        int from = hello.epoch().equals("boot-1") && hello.from() >= 0 ? (int) hello.from() : frames.size();
        while (from < frames.size() && nowUs() - frames.get(from).us > keepUs) from++;
        var reader = new Reader(socket, from);
        socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.tap("boot-1", from)));
        for (TrackEvent track : tracks) reader.write(trackFrame(track));
        reader.write(time(nowUs(), System.currentTimeMillis(), from));
        readers.add(reader);
        if (!held) writeUpToNow();
    }

    private static long nowUs() {
        return System.nanoTime() / 1000;
    }

    private static byte[] time(long us, long wallMs, long index) {
        ByteBuf app = Unpooled.buffer();
        AppPackets.writeTime(app, us, wallMs, index);
        return bytes(app);
    }

    private static byte[] trackFrame(TrackEvent event) {
        ByteBuf app = Unpooled.buffer();
        AppPackets.write(app, event);
        return bytes(app);
    }

    private static byte[] bytes(ByteBuf app) {
        byte[] bytes = new byte[app.readableBytes()];
        app.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
