package dev.parley.rtp.framed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.MediaAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real TLS on loopback; the relay's part is played here line by line. */
class FramedRtpClientTest {
    private interface Script {
        void play(Socket socket, FrameInput in) throws Exception;
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final FeedInfo FEED = new FeedInfo("f", "p", "u", "n", "", "camera");

    @TempDir
    static Path folder;

    private static SSLContext serverTls;
    private static String fingerprint;
    private SSLServerSocket server;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path store = folder.resolve("relay.p12");
        var made = new ProcessBuilder(
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
                        store.toString(),
                        "-storepass",
                        "for-this-test")
                .redirectErrorStream(true)
                .start();
        assertEquals(0, made.waitFor(), () -> new String(readAll(made.getInputStream())));
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "for-this-test".toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "for-this-test".toCharArray());
        serverTls = SSLContext.getInstance("TLSv1.3");
        serverTls.init(factory.getKeyManagers(), null, null);
        fingerprint = PinnedTrust.fingerprint((X509Certificate) keys.getCertificate("relay"));
    }

    @BeforeEach
    void listen() throws IOException {
        server = (SSLServerSocket)
                serverTls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aTapReadsFramesWithTheirIndexAndTime() throws Exception {
        var relay = serve((socket, in) -> {
            assertEquals(Hello.Tap.all("t", "room"), HelloCodec.parseHello(in.readLine()));
            ByteBuf out = Unpooled.buffer();
            out.writeBytes(HelloCodec.encode(HelloAnswer.tap("e1", 40)));
            frame(
                    out,
                    b -> AppPackets.write(
                            b,
                            new TrackEvent(
                                    "started",
                                    FEED,
                                    MediaKind.AUDIO,
                                    5,
                                    "opus",
                                    111,
                                    48_000,
                                    2,
                                    "",
                                    false,
                                    java.util.Map.of())));
            frame(out, b -> AppPackets.writeTime(b, 1_000, 2_000, 40));
            Frames.append(out, hex("806f0001" + "00000002" + "00000005"));
            Frames.append(out, hex("80c80001" + "00000005"));
            frame(out, b -> AppPackets.writeGap(b, 42, 50));
            frame(out, b -> AppPackets.writeTime(b, 9_000, 2_008, 50));
            Frames.append(out, hex("806f0002" + "00000002" + "00000005"));
            send(socket, out);
        });
        List<String> seen = new ArrayList<>();
        try (var tap = FramedRtpClient.tap(address(fingerprint), Hello.Tap.all("t", "room"), TIMEOUT)) {
            assertEquals("e1", tap.epoch());
            assertEquals(40, tap.nextIndex());
            tap.readAll(recorder(seen));
            assertEquals(51, tap.nextIndex());
        }
        relay.get(60, TimeUnit.SECONDS);
        assertEquals(List.of("track started 5", "rtp 40 1000", "rtcp 41 1000", "gap 42 50", "rtp 50 9000"), seen);
    }

    @Test
    @Tag("MRTC-FEA-43")
    void anotherCertificateThanTheNodeRecordsIsNotTrusted() throws Exception {
        serve((socket, in) -> in.readLine());
        String other = "00".repeat(32);
        assertThrows(SSLException.class, () -> FramedRtpClient.tap(address(other), Hello.Tap.all("t", "r"), TIMEOUT));
    }

    @Test
    void aRefusalCarriesItsCode() throws Exception {
        serve((socket, in) -> {
            in.readLine();
            socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.refused(Problem.of(ErrorCode.TOKEN_INVALID))));
        });
        var no = assertThrows(
                HelloRefusedException.class,
                () -> FramedRtpClient.tap(address(fingerprint), Hello.Tap.all("t", "r"), TIMEOUT));
        assertEquals(ErrorCode.TOKEN_INVALID.number, no.code);
    }

    @Test
    void aSilentRelayIsNoticedByTheReader() throws Exception {
        var done = new CompletableFuture<Void>();
        serve((socket, in) -> {
            in.readLine();
            socket.getOutputStream().write(HelloCodec.encode(HelloAnswer.tap("e", 0)));
            done.get(60, TimeUnit.SECONDS);
        });
        try (var tap = FramedRtpClient.tap(address(fingerprint), Hello.Tap.all("t", "r"), Duration.ofMillis(300))) {
            assertThrows(SocketTimeoutException.class, () -> tap.readNext(recorder(new ArrayList<>())));
        } finally {
            done.complete(null);
        }
    }

    @Test
    void anIngressSendsPacketsAndHearsRtcp() throws Exception {
        var hello = new Hello.Ingress(
                "t", "r", FEED, List.of(new Hello.Track(MediaKind.VIDEO, "VP8", 96, 90_000, 0, "", 77)));
        var relay = serve((socket, in) -> {
            assertEquals(hello, HelloCodec.parseHello(in.readLine()));
            ByteBuf out = Unpooled.buffer();
            out.writeBytes(HelloCodec.encode(HelloAnswer.ingress()));
            Frames.append(out, hex("81ce0002" + "00000000" + "0000004d"));
            send(socket, out);
            for (int i = 0; i < 3; i++)
                assertEquals(
                        "8060000" + i + "00000000" + "0000004d", ByteBufUtil.hexDump(in.readPacket()), "packet " + i);
        });
        try (var ingress = FramedRtpClient.ingress(address(fingerprint), hello, TIMEOUT)) {
            for (int i = 0; i < 3; i++) ingress.send(hex("8060000" + i + "00000000" + "0000004d"));
            ingress.flush();
            relay.get(60, TimeUnit.SECONDS);
            List<String> rtcp = new ArrayList<>();
            ingress.readRtcp(compound -> rtcp.add(ByteBufUtil.hexDump(compound)));
            assertEquals(List.of("81ce0002" + "00000000" + "0000004d"), rtcp);
        }
    }

    private static TapHandler recorder(List<String> seen) {
        return new TapHandler() {
            @Override
            public void onRtp(long index, long us, ByteBuf packet) {
                assertFalse(Frames.isRtcp(packet));
                seen.add("rtp " + index + " " + us);
            }

            @Override
            public void onRtcp(long index, long us, ByteBuf compound) {
                seen.add("rtcp " + index + " " + us);
            }

            @Override
            public void onTrack(TrackEvent event) {
                seen.add("track " + event.event() + " " + event.ssrc());
            }

            @Override
            public void onGap(FrameGap gap) {
                seen.add("gap " + gap.from() + " " + gap.to());
            }
        };
    }

    private CompletableFuture<Void> serve(Script script) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                script.play(socket, new FrameInput(socket.getInputStream()));
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private MediaAddress address(String fingerprint) {
        return new MediaAddress(server.getInetAddress().getHostAddress(), server.getLocalPort(), fingerprint);
    }

    private static void frame(ByteBuf out, java.util.function.Consumer<ByteBuf> write) {
        ByteBuf packet = Unpooled.buffer();
        write.accept(packet);
        Frames.append(out, packet);
    }

    private static void send(Socket socket, ByteBuf out) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
        socket.getOutputStream().flush();
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static byte[] readAll(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
