package dev.parley.relay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real browser against the real transport: Chromium publishes its fake camera, gets it back, and says what it decoded. */
class ChromiumInteropTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long RESULT_S = 60;

    private static final String PAGE = """
            <!doctype html><video id=v autoplay muted playsinline></video><script>
            const post = (path, body) => fetch(path, {method: 'POST', body});
            (async () => {
              const pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
              const media = await navigator.mediaDevices.getUserMedia({audio: true, video: {width: 320, height: 240}});
              const incoming = new MediaStream();
              document.getElementById('v').srcObject = incoming;
              pc.ontrack = e => incoming.addTrack(e.track);
              for (const t of media.getTracks()) pc.addTransceiver(t, {direction: 'sendrecv', streams: [media]});
              const negotiate = async restart => {
                const offer = await pc.createOffer({iceRestart: restart});
                await pc.setLocalDescription(offer);
                const answer = await (await post('/offer', offer.sdp)).text();
                await pc.setRemoteDescription({type: 'answer', sdp: answer});
              };
              const stats = async () => {
                const out = {state: pc.connectionState, framesDecoded: 0, audioPackets: 0};
                for (const s of (await pc.getStats()).values()) {
                  if (s.type === 'inbound-rtp' && s.kind === 'video') out.framesDecoded = s.framesDecoded || 0;
                  if (s.type === 'inbound-rtp' && s.kind === 'audio') out.audioPackets = s.packetsReceived || 0;
                  if (s.type === 'transport') { out.srtp = s.srtpCipher; out.dtls = s.tlsVersion; out.pair = s.selectedCandidatePairId; }
                  if (s.type === 'remote-candidate') out.protocol = s.protocol;
                }
                return out;
              };
              const until = async wanted => {
                for (;;) {
                  const s = await stats();
                  if (wanted(s)) return s;
                  await new Promise(r => setTimeout(r, 100));
                }
              };
              await negotiate(false);
              const first = await until(s => s.framesDecoded > 15 && s.audioPackets > 25);
              await negotiate(true);
              const again = await until(s => s.pair !== first.pair && s.framesDecoded > first.framesDecoded + 15);
              pc.close();
              await post('/result', JSON.stringify({first, again}));
            })().catch(e => post('/result', JSON.stringify({error: String(e)})));
            </script>
            """;

    @TempDir
    Path profile;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void chromiumDecodesItsOwnPictureAfterItWentThroughTheRelay(String protocol) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium here");
        BlockingQueue<JsonNode> results = new LinkedBlockingQueue<>();
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.AUTO))) {
            var relay = new Relay(bench, protocol);
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", e -> respond(e, "text/html", PAGE));
            http.createContext("/offer", e -> respond(e, "application/sdp", relay.answer(body(e))));
            http.createContext("/result", e -> {
                results.add(JSON.readTree(body(e)));
                respond(e, "text/plain", "");
            });
            http.start();
            Process browser = chromium(http.getAddress().getPort());
            try {
                JsonNode result = results.poll(RESULT_S, TimeUnit.SECONDS);
                assertNotNull(result, "no result; relay: " + relay.transport.state() + ", log: " + log());
                assertTrue(result.path("error").isMissingNode(), () -> "page: " + result);
                assertEquals("connected", result.path("first").path("state").asText(), () -> "page: " + result);
                assertEquals(
                        "SRTP_AEAD_AES_128_GCM",
                        result.path("first").path("srtp").asText(),
                        () -> "page: " + result);
                assertEquals(protocol, result.path("first").path("protocol").asText(), () -> "page: " + result);
                assertEquals(0, relay.transport.counters().badAuth);
                assertEquals(0, relay.transport.counters().stunBad);
                bench.awaitState(relay.transport, TransportState.CLOSED); // pc.close() says close_notify
            } finally {
                browser.descendants().forEach(ProcessHandle::destroyForcibly);
                browser.destroyForcibly().waitFor();
                http.stop(0);
            }
        }
    }

    /** Answers offers with the candidates of one protocol. */
    private static final class Relay {
        private final TransportBench bench;
        private final String protocol;
        private volatile MediaTransport transport;

        Relay(TransportBench bench, String protocol) {
            this.bench = bench;
            this.protocol = protocol;
        }

        String answer(String sdp) {
            var offer = SessionDescription.parse(sdp);
            var remote = RemoteTransport.of(offer);
            if (transport == null) {
                transport = bench.server.create(bench.server.loopFor("room"), "chromium", remote, bench.echo);
            } else {
                transport.restartIce(remote);
            }
            var local = transport.local();
            var only = new LocalTransport(
                    local.iceUfrag(),
                    local.icePwd(),
                    local.fingerprint(),
                    local.setup(),
                    local.candidates().stream()
                            .filter(c -> c.protocol().equals(protocol))
                            .toList());
            return SessionDescription.of(
                            "1",
                            1,
                            true,
                            offer.bundle(),
                            offer.media().stream()
                                    .map(m -> only.applyTo(m.toBuilder()
                                                    .msid("")
                                                    .ssrcs(List.of())
                                                    .ssrcGroups(List.of())
                                                    .other(List.of()))
                                            .build())
                                    .toList())
                    .print();
        }
    }

    private Process chromium(int port) throws IOException {
        var command = new ArrayList<>(List.of(
                CHROMIUM.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--allow-loopback-in-peer-connection",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + profile.resolve("chromium"),
                "http://127.0.0.1:" + port + "/"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(profile.resolve("log"));
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void respond(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
