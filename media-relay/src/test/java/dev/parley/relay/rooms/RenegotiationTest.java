package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.transport.MediaTransports;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Later offers, ICE restarts and replaced transports in the middle of a call, by Parley's own client over real sockets. */
class RenegotiationTest {
    private static final long DEADLINE_S = 60;
    private static MediaTransports transports;
    private static NioEventLoopGroup clients;

    private final List<String> states = new CopyOnWriteArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private RelayRooms rooms;

    @BeforeAll
    static void start() throws Exception {
        transports = NettyMediaTransports.start(TransportSettings.of("127.0.0.1", 0, List.of("127.0.0.1")));
        clients = new NioEventLoopGroup(1);
    }

    @AfterAll
    static void stop() {
        transports.close();
        clients.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @BeforeEach
    void open() {
        rooms = new RelayRooms(
                new FixedSettings(60, 100), transports, s -> {}, s -> states.add(s.transportId() + " " + s.state()));
    }

    @AfterEach
    void close() {
        peers.forEach(peer -> peer.client.close());
        rooms.closeAll();
    }

    @Test
    @Tag("MRTC-FEA-53")
    void anIceRestartOnEitherSideLosesNothing() throws Exception {
        var ann = new Peer("ann", Direction.UP, "a");
        var bob = new Peer("bob", Direction.DOWN, "a");
        ann.negotiate("a");
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        for (Peer one : List.of(ann, bob)) {
            one.client.restartIce();
            one.negotiate("a");
            if (one == ann)
                one.client.changeAddress(); // what is on its way to an address that is given up would be lost
            bob.awaitMore("a", 40);
        }
        assertEquals(1, bob.streams.size(), "one SSRC all the time");
        assertEquals(0, bob.streams.values().iterator().next().holes());
        assertEquals(
                List.of("ann-up connecting", "bob-down connecting"),
                states.stream().filter(s -> s.endsWith("connecting")).toList(),
                "no transport was made anew");
    }

    @Test
    void aFeedIsAddedAndTakenAwayOnAConnectionInUse() throws Exception {
        var ann = new Peer("ann", Direction.UP, "a", "b");
        var bob = new Peer("bob", Direction.DOWN, "a", "b");
        ann.negotiate("a");
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        ann.negotiate("a", "b");
        bob.negotiate("a", "b");
        bob.awaitMore("b", 20);
        ann.negotiate("a");
        await("BYE of the second", () -> bob.byes.size() == 1);
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        assertEquals(1, rooms.stats("room").feeds().size());
        assertEquals(2, bob.streams.size());
        for (Stream stream : bob.streams.values()) assertEquals(0, stream.holes());
        ann.negotiate("a", "b");
        bob.negotiate("a", "b");
        bob.awaitMore("b", 20);
        assertEquals(3, bob.streams.size(), "a feed that comes again is a new stream");
    }

    @Test
    void aPublisherWithANewConnectionGoesOnInTheStreamsOfBefore() throws Exception {
        var ann = new Peer("ann", Direction.UP, "a");
        var bob = new Peer("bob", Direction.DOWN, "a");
        ann.negotiate("a");
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        var again = new Peer("ann", Direction.UP, "a");
        again.negotiate("a");
        await("the old connection is closed", () -> ann.client.state() == TransportState.CLOSED);
        bob.awaitMore("a", 40);
        assertEquals(1, bob.streams.size());
        assertEquals(0, bob.streams.values().iterator().next().holes());
        assertTrue(bob.byes.isEmpty());
        assertEquals(2, rooms.stats("room").transports().size());
    }

    @Test
    void aSubscriberWithANewConnectionGetsEverythingThere() throws Exception {
        var ann = new Peer("ann", Direction.UP, "a");
        var bob = new Peer("bob", Direction.DOWN, "a");
        ann.negotiate("a");
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        var again = new Peer("bob", Direction.DOWN, "a");
        again.negotiate("a");
        again.awaitMore("a", 20);
        await("the old connection is closed", () -> bob.client.state() == TransportState.CLOSED);
        assertEquals(2, rooms.stats("room").transports().size());
        assertEquals(0, again.streams.values().iterator().next().holes());
        assertTrue(ann.client.state() == TransportState.CONNECTED, "the publisher is not touched");
    }

    @Test
    void aRoomThatHasAnotherPlaceGoesOnInSilenceUntilItsLastReceiverHasLeft() throws Exception {
        var ann = new Peer("ann", Direction.UP, "a");
        var bob = new Peer("bob", Direction.DOWN, "a");
        ann.negotiate("a");
        bob.negotiate("a");
        bob.awaitMore("a", 20);
        rooms.vacate("room");
        rooms.vacate("room");
        var told = List.copyOf(states);
        bob.awaitMore("a", 40);
        assertEquals(List.of("room"), rooms.list(), "who is still here misses nothing");
        assertEquals(0, bob.streams.values().iterator().next().holes());
        bob.client.close();
        await("the room has ended here", () -> rooms.list().isEmpty());
        await("its publisher was let go", () -> ann.client.state() == TransportState.CLOSED);
        assertEquals(told, states, "the room's other place speaks for it");
    }

    // ---- a client

    private static final class Stream {
        private final Set<Integer> sequences = new HashSet<>();
        private int first = -1;
        private int newest;

        synchronized void add(int sequence) {
            if (first < 0) first = newest = sequence;
            if ((short) (sequence - newest) > 0) newest = sequence;
            sequences.add(sequence);
        }

        synchronized int count() {
            return sequences.size();
        }

        synchronized int holes() {
            return (newest - first & 0xFFFF) + 1 - sequences.size();
        }
    }

    /** One connection: publishes one Opus stream per feed, or receives. */
    private final class Peer implements ClientListener {
        final WebRtcClient client;
        final java.util.Map<Long, Stream> streams = new ConcurrentHashMap<>();
        final java.util.Map<Long, String> feedOf = new ConcurrentHashMap<>();
        final Set<Long> byes = ConcurrentHashMap.newKeySet();
        private final String who;
        private final Direction direction;
        private final List<String> feeds;
        private final Set<String> active = ConcurrentHashMap.newKeySet();
        private int sequence;

        /** @param feeds in the order of the m-lines, which are offered from the first use on */
        Peer(String who, Direction direction, String... feeds) {
            this.who = who;
            this.direction = direction;
            this.feeds = List.of(feeds);
            this.client = new WebRtcClient(clients.next(), WebRtcClient.Options.UDP, DtlsIdentity.create(), this);
            peers.add(this);
            if (direction == Direction.UP)
                clients.next().scheduleAtFixedRate(this::send, 20, 20, TimeUnit.MILLISECONDS);
        }

        void negotiate(String... wanted) throws Exception {
            boolean up = direction == Direction.UP;
            List<ClientTrack> lines = new ArrayList<>();
            List<TrackBinding> tracks = new ArrayList<>();
            for (String feed : feeds) {
                String mid = "m" + feed;
                lines.add(
                        up
                                ? ClientTrack.send(mid, "audio", 1_000 + feed.charAt(0))
                                : ClientTrack.receive(mid, "audio"));
                if (List.of(wanted).contains(feed)) tracks.add(new TrackBinding(mid, feed, MediaKind.AUDIO));
            }
            List<FeedInfo> infos = up
                    ? List.of(wanted).stream()
                            .map(f -> new FeedInfo(f, who, who, who, "", "camera"))
                            .toList()
                    : List.of();
            var answer = rooms.negotiate(
                    "room",
                    who + (up ? "-up" : "-down"),
                    new NegotiateRequest(who, direction, client.offer(lines).print(), infos, tracks, ""));
            assertEquals(tracks, answer.tracks());
            var sdp = SessionDescription.parse(answer.sdp());
            for (TrackBinding track : tracks)
                for (long ssrc : sdp.byMid(track.mid()).ssrcList()) feedOf.put(ssrc, track.feedId());
            client.answer(sdp).get(DEADLINE_S, TimeUnit.SECONDS);
            active.clear();
            active.addAll(List.of(wanted));
        }

        private void send() {
            sequence++;
            for (String feed : active) {
                ByteBuf packet = Unpooled.buffer();
                RtpPacket.writeHeader(packet, 111, false, sequence & 0xFFFF, 960L * sequence, 1_000 + feed.charAt(0));
                client.sendRtp(packet.writeZero(60));
            }
        }

        @Override
        public void onRtp(ByteBuf packet) {
            var rtp = new RtpPacket();
            rtp.wrap(packet);
            streams.computeIfAbsent(rtp.ssrc(), s -> new Stream()).add(rtp.sequence());
        }

        @Override
        public void onRtcp(ByteBuf compound) {
            var reader = new dev.parley.rtp.packet.RtcpReader();
            var packet = new dev.parley.rtp.packet.RtcpPacket();
            reader.wrap(compound);
            while (reader.next(packet))
                if (packet.kind() == dev.parley.rtp.packet.RtcpPacket.Kind.BYE) byes.add(packet.byeSsrc(0));
        }

        private int received(String feed) {
            return streams.entrySet().stream()
                    .filter(e -> feed.equals(feedOf.get(e.getKey())))
                    .mapToInt(e -> e.getValue().count())
                    .sum();
        }

        void awaitMore(String feed, int packets) {
            int before = received(feed);
            await(packets + " more packets of " + feed, () -> received(feed) >= before + packets);
        }
    }

    private static void await(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("not in time: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }
}
