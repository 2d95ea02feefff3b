package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;

import dev.parley.contracts.media.EncodingsSignal;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.relay.domain.Counters;
import dev.parley.relay.domain.Downlink;
import dev.parley.relay.domain.Outlet;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.SignalSink;
import dev.parley.relay.domain.TapSink;
import dev.parley.relay.domain.Uplink;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.PacketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A real room in virtual time between one simulated publisher and simulated subscribers, each with a link of its own in each direction. */
final class SimCall implements AutoCloseable {
    static final String FEED = "feed";

    final Simulation simulation = new Simulation();
    final RelayRoom room;
    SimPublisher publisher;
    final List<Leg> subscribers = new ArrayList<>();
    Simulation.Link toRelay;
    Simulation.Link toPublisher;
    Uplink uplink;
    /** What publishers of several sizes were told. */
    final List<EncodingsSignal> encodings = new ArrayList<>();

    final List<QualitySignal> qualities = new ArrayList<>();

    private final long seed;
    private final Consumer<ByteBuf> sink;

    /** One subscriber and the two directions of its link. */
    final class Leg {
        final SimSubscriber subscriber;
        final Simulation.Link toSubscriber;
        final Simulation.Link fromSubscriber;
        final Downlink downlink;
        private final int number;
        int lastVideoSequence;

        /** @param connected its transport has keys at once; else {@link Downlink#onConnected} is up to the test */
        Leg(int number, boolean rtx, boolean connected) {
            this.number = number;
            var downlinkHolder = new Downlink[1];
            fromSubscriber = simulation.new Link(seed * 31 + number * 2L, bytes -> {
                downlinkHolder[0].onRtcp(Unpooled.wrappedBuffer(bytes), simulation.nowNs());
                room.onBatchEnd(simulation.nowNs());
            });
            subscriber = new SimSubscriber(simulation, 10_000L * (number + 1), rtx, fromSubscriber::send);
            toSubscriber = simulation.new Link(seed * 31 + number * 2L + 1, bytes -> {
                if (PacketKind.of(Unpooled.wrappedBuffer(bytes)) == PacketKind.RTCP) subscriber.onRtcp(bytes);
                else subscriber.onRtp(bytes);
            });
            downlink = room.openDownlink(
                    "down-" + number, "s-" + number, outlet(sink == null ? toSubscriber::send : this::swallow));
            downlinkHolder[0] = downlink;
            if (connected) downlink.onConnected(simulation.nowNs());
            room.subscribe(downlink, subscriber.terms(FEED));
        }

        long videoSsrc() {
            return 10_000L * (number + 1) + 1;
        }

        /** Of a stream beside the feed's. */
        long otherSsrc() {
            return 10_000L * (number + 1) + 9;
        }

        /** Without a link: for measuring the relay alone. */
        private void swallow(ByteBuf packet) {
            int at = packet.readerIndex();
            if (packet.getInt(at + 8) == (int) videoSsrc()) lastVideoSequence = packet.getUnsignedShort(at + 2);
            sink.accept(packet);
        }
    }

    SimCall(long seed, boolean rtx) {
        this(seed, rtx, null);
    }

    /** @param sink takes what goes to subscribers and publisher instead of their links; null = links */
    SimCall(long seed, boolean rtx, Consumer<ByteBuf> sink) {
        this.seed = seed;
        this.sink = sink;
        var random = new SplittableRandom(seed);
        room = new RelayRoom(
                "room", UnpooledByteBufAllocator.DEFAULT, new NoTap(), new Signals(), random::nextInt, 2_500_000);
        publish("up", seed, rtx);
        room.publish(uplink, List.of(SimPublisher.feed(FEED)), publisher.terms(FEED));
        simulation.every(20 * MS, () -> room.tick(simulation.nowNs()));
    }

    /** A publisher on a transport of its own, as yet without feeds; becomes {@link #publisher}. */
    void publish(String transportId, long publisherSeed, boolean rtx) {
        var holder = new SimPublisher[1];
        toPublisher = simulation.new Link(publisherSeed * 17, bytes -> holder[0].onRtcp(bytes));
        Uplink made = room.openUplink(transportId, "p", outlet(sink == null ? toPublisher::send : sink), false);
        toRelay = simulation.new Link(publisherSeed * 17 + 1, bytes -> atRelay(made, bytes));
        publisher = new SimPublisher(simulation, publisherSeed * 3, rtx, toRelay::send);
        holder[0] = publisher;
        uplink = made;
    }

    Leg subscribe(boolean rtx) {
        return subscribe(rtx, true);
    }

    Leg subscribe(boolean rtx, boolean connected) {
        var leg = new Leg(subscribers.size(), rtx, connected);
        subscribers.add(leg);
        return leg;
    }

    private void atRelay(Uplink by, byte[] bytes) {
        ByteBuf packet = Unpooled.wrappedBuffer(bytes);
        if (PacketKind.of(packet) == PacketKind.RTCP) by.onRtcp(packet, simulation.nowNs());
        else by.onRtp(packet, simulation.nowNs());
        room.onBatchEnd(simulation.nowNs());
    }

    Counters counters() {
        var sum = new Counters();
        room.drainCounters(sum);
        return sum;
    }

    static Outlet outlet(Consumer<ByteBuf> to) {
        return new Outlet() {
            @Override
            public void sendRtp(ByteBuf packet) {
                to.accept(packet);
            }

            @Override
            public void sendRtcp(ByteBuf compound) {
                to.accept(compound);
            }

            @Override
            public void flush() {}
        };
    }

    @Override
    public void close() {
        room.close();
    }

    private final class Signals implements SignalSink {
        @Override
        public void onSpeakers(SpeakersSignal signal) {}

        @Override
        public void onEncodings(EncodingsSignal signal) {
            encodings.add(signal);
        }

        @Override
        public void onQuality(QualitySignal signal) {
            qualities.add(signal);
        }
    }

    static TapSink noTap() {
        return new NoTap();
    }

    private static final class NoTap implements TapSink {
        @Override
        public void onTrack(TrackEvent event) {}

        @Override
        public boolean wanted() {
            return false;
        }

        @Override
        public void onRtp(String tag, ByteBuf packet, long nowNs) {}

        @Override
        public void onRtcp(String tag, ByteBuf compound, long nowNs) {}
    }
}
