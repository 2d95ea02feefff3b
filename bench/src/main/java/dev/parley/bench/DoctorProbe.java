package dev.parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.transport.client.ClientListener;
import dev.parley.relay.transport.client.ClientTrack;
import dev.parley.relay.transport.client.WebRtcClient;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.sdp.SessionDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one relay for a room, publishes sound into it over one connection and takes it back over another: ICE, DTLS, SRTP and forwarding for
 * real. Tries UDP, then ICE-TCP.
 *
 * <p>Arguments: the relay's REST URL, then the service token (or {@code PARLEY_TOKEN} in the environment). Prints one JSON line a protocol,
 * {@code {"protocol":"udp","connected":true,"ms":85,"profile":"SRTP_AEAD_AES_128_GCM","mediaMs":120}}: {@code ms} until connected,
 * {@code mediaMs} until the first packet has come back, or {@code "error"}. Exit status 0 when UDP works, 1 when it does not.
 */
public final class DoctorProbe {
    private static final long WAIT_S = 10;
    private static final long PACKET_MS = 20;
    private static final long SSRC = 0x0D0C704BL;
    private static final String FEED = "doctor-feed";
    private static final ObjectMapper JSON = new ObjectMapper();

    private DoctorProbe() {}

    public static void main(String[] arguments) {
        String token = arguments.length > 1 ? arguments[1] : System.getenv("PARLEY_TOKEN");
        if (arguments.length < 1 || token == null) {
            System.err.println("usage: DoctorProbe RELAY_URL [TOKEN], or PARLEY_TOKEN in the environment");
            System.exit(2);
        }
        System.exit(run(arguments[0], token) ? 0 : 1);
    }

    /** True when UDP works. */
    static boolean run(String url, String token) {
        var api = new RelayApi(url, token);
        var group = new NioEventLoopGroup(1);
        try {
            ObjectNode udp = tried(api, group, WebRtcClient.Options.UDP, "udp");
            ObjectNode tcp = tried(api, group, WebRtcClient.Options.TCP, "tcp");
            System.out.println(udp);
            System.out.println(tcp);
            return udp.path("connected").asBoolean() && udp.has("mediaMs");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    private static ObjectNode tried(RelayApi api, EventLoopGroup group, WebRtcClient.Options options, String protocol) {
        ObjectNode result = JSON.createObjectNode().put("protocol", protocol).put("connected", false);
        String room = "doctor-" + UUID.randomUUID();
        try {
            api.openRoom(room);
            try {
                roundTrip(api, group.next(), options, room, result);
            } finally {
                api.closeRoom(room);
            }
        } catch (TimeoutException e) {
            result.put("error", "no answer within " + WAIT_S + " s");
        } catch (ExecutionException e) {
            result.put("error", String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.put("error", "interrupted");
        } catch (Exception e) { // whatever it is, the doctor wants to read it
            result.put("error", String.valueOf(e.getMessage()));
        }
        return result;
    }

    private static void roundTrip(
            RelayApi api, EventLoop loop, WebRtcClient.Options options, String room, ObjectNode result)
            throws Exception {
        long start = System.nanoTime();
        var arrived = new CompletableFuture<Void>();
        try (var up = new WebRtcClient(loop, options, DtlsIdentity.create(), new ClientListener() {});
                var down = new WebRtcClient(loop, options, DtlsIdentity.create(), new ClientListener() {
                    @Override
                    public void onRtp(ByteBuf packet) {
                        arrived.complete(null);
                    }
                })) {
            connect(api, up, room, "doctor-up", Direction.UP, ClientTrack.send("0", "audio", SSRC));
            result.put("connected", true)
                    .put("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                    .put("profile", up.srtpProfile());
            connect(api, down, room, "doctor-down", Direction.DOWN, ClientTrack.receive("0", "audio"));
            long sent = System.nanoTime();
            var sender = loop.scheduleAtFixedRate(new Sound(up), 0, PACKET_MS, TimeUnit.MILLISECONDS);
            try {
                arrived.get(WAIT_S, TimeUnit.SECONDS);
            } finally {
                sender.cancel(false);
            }
            result.put("mediaMs", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
        }
    }

    private static void connect(
            RelayApi api, WebRtcClient client, String room, String transport, Direction direction, ClientTrack track)
            throws Exception {
        var feed = new FeedInfo(FEED, "doctor", "doctor", "doctor", "", "file");
        var answer = api.negotiate(
                room,
                transport,
                new NegotiateRequest(
                        direction == Direction.UP ? "doctor" : "doctor-listener",
                        direction,
                        client.offer(List.of(track)).print(),
                        direction == Direction.UP ? List.of(feed) : List.of(),
                        List.of(new TrackBinding(track.mid(), FEED, MediaKind.AUDIO)),
                        ""));
        client.answer(SessionDescription.parse(answer.sdp())).get(WAIT_S, TimeUnit.SECONDS);
    }

    /** Opus silence, one packet each call. */
    private static final class Sound implements Runnable {
        private static final byte[] SILENCE = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};
        private final WebRtcClient to;
        private int sequence;

        Sound(WebRtcClient to) {
            this.to = to;
        }

        @Override
        public void run() {
            ByteBuf packet = Unpooled.buffer(32);
            RtpPacket.writeHeader(packet, 111, sequence == 0, sequence, 960L * sequence, SSRC);
            sequence++;
            to.sendRtp(packet.writeBytes(SILENCE));
        }
    }
}
