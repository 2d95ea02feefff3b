package dev.parley.relay.rooms;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.RelaySettings;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import dev.parley.relay.transport.TransportState;
import dev.parley.relay.transport.client.ClientListener;
import dev.parley.relay.transport.client.ClientTrack;
import dev.parley.relay.transport.client.WebRtcClient;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.sdp.SessionDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Makes a fresh process fast before it is loaded: a room of its own, on sockets of its own on loopback, with one publisher and two subscribers
 * that shake hands and pass packets on, so that the compiler knows the media path when the first participants come. Everything is closed
 * afterwards; nothing of it is seen in metrics or by other services.
 */
final class WarmUp {
    /** Packets under way at a time: fewer than a default socket buffer holds. */
    private static final int BURST = 10;

    private static final int SUBSCRIBERS = 2;
    private static final long CONNECT_S = 5;
    /** A burst that did not arrive by then is given up. */
    private static final long BURST_MS = 500;

    private static final int PAYLOAD_BYTES = 1_000;
    private static final long SSRC = 1_000;

    private final RelaySettings settings;

    WarmUp(RelaySettings settings) {
        this.settings = settings;
    }

    /**
     * Blocks the calling thread.
     *
     * @param packets  to publish at most
     * @param budgetMs to spend at most, after the handshakes
     * @return packets that arrived at subscribers
     * @throws Exception when a socket or a handshake failed: then the process is as cold as before
     */
    long run(int packets, long budgetMs) throws Exception {
        var own = TransportSettings.of("127.0.0.1", 0, List.of("127.0.0.1")).withIo(settings.mediaIo());
        var group = new NioEventLoopGroup(1);
        var arrived = new Semaphore(0);
        var clients = new ArrayList<WebRtcClient>();
        try (NettyMediaTransports transports = NettyMediaTransports.start(own)) {
            var rooms = new RelayRooms(settings, transports, s -> {}, s -> {});
            try {
                WebRtcClient publisher = connect(rooms, group, Direction.UP, 0, arrived);
                clients.add(publisher);
                for (int i = 1; i <= SUBSCRIBERS; i++) {
                    clients.add(connect(rooms, group, Direction.DOWN, i, arrived));
                }
                return publish(publisher, packets, budgetMs, arrived);
            } finally {
                clients.forEach(WebRtcClient::close);
                rooms.closeAll();
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static WebRtcClient connect(
            RelayRooms rooms, NioEventLoopGroup group, Direction direction, int number, Semaphore arrived)
            throws Exception {
        boolean up = direction == Direction.UP;
        var client =
                new WebRtcClient(group.next(), WebRtcClient.Options.UDP, DtlsIdentity.create(), new ClientListener() {
                    @Override
                    public void onRtp(ByteBuf packet) {
                        arrived.release();
                    }

                    @Override
                    public void onRtcp(ByteBuf compound) {}

                    @Override
                    public void onState(TransportState state, String reason) {}
                });
        SessionDescription offer =
                client.offer(List.of(up ? ClientTrack.send("0", "video", SSRC) : ClientTrack.receive("0", "video")));
        var answer = rooms.negotiate(
                "warm-up",
                "t" + number,
                new NegotiateRequest(
                        "p" + number,
                        direction,
                        offer.print(),
                        up ? List.of(new FeedInfo("feed", "p0", "p0", "", "", "camera")) : List.of(),
                        List.of(new TrackBinding("0", "feed", MediaKind.VIDEO)),
                        ""));
        client.answer(SessionDescription.parse(answer.sdp())).get(CONNECT_S, TimeUnit.SECONDS);
        return client;
    }

    private static long publish(WebRtcClient publisher, int packets, long budgetMs, Semaphore arrived)
            throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(budgetMs);
        ByteBuf packet = Unpooled.buffer(1_500);
        long total = 0;
        for (int i = 0; i < packets && System.nanoTime() < endNs; i += BURST) {
            for (int p = i; p < i + BURST; p++) {
                RtpPacket.writeHeader(packet.clear(), 96, true, p & 0xFFFF, 300L * p, SSRC);
                packet.writeByte(0x10).writeByte(p % 100 == 0 ? 0x00 : 0x01); // RFC 7741: some begin a key frame
                publisher.sendRtp(packet.writeZero(PAYLOAD_BYTES - 2));
            }
            int wanted = BURST * SUBSCRIBERS;
            boolean all = arrived.tryAcquire(wanted, BURST_MS, TimeUnit.MILLISECONDS);
            total += all ? wanted : arrived.drainPermits();
        }
        return total;
    }
}
