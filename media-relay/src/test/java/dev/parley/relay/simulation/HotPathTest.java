package dev.parley.relay.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.RoomStats;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpEncoding;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a packet through a room makes no garbage, with loss and repair on it. */
class HotPathTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 20_000;

    private final ByteBuf packet = Unpooled.directBuffer(1_500);
    private final ByteBuf nack = Unpooled.directBuffer(100);
    private final int[] lost = new int[1];
    private static final int SIZES = 3, FRAMES = 20_000, SWITCH_EVERY = 250;
    private int sequence;
    private int frame;

    @AfterEach
    void release() {
        packet.release();
        nack.release();
    }

    @Test
    void forwardingAndRepairAllocateNothing() {
        try (var call = new SimCall(1, true, to -> {})) {
            call.room.estimators(
                    () -> BandwidthEstimator.fixed(4_000_000)); // under the rate below: layers are left out
            for (int i = 0; i < 4; i++) call.subscribe(true);
            forward(call, PACKETS); // tables and histories are made, code is warm
            long before = THREADS.getCurrentThreadAllocatedBytes();
            forward(call, PACKETS);
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertEquals(0, bytes / PACKETS, "bytes allocated for each packet, " + bytes + " in all");
        }
    }

    @Test
    void switchingBetweenTheSizesOfASimulcastAllocatesNothing() {
        try (var call = new SimCall(1, false, to -> {})) {
            var ids = HeaderExtensions.NONE;
            var format = new TrackFormat(MediaKind.VIDEO, "VP8", 96, -1, 90_000, 0, "", true, true, ids);
            var encodings = new ArrayList<UpEncoding>();
            for (int size = 0; size < SIZES; size++)
                encodings.add(new UpEncoding("qhf".substring(size, size + 1), 7_000 + size, 0));
            Uplink uplink = call.room.openUplink("sizes-up", "p", SimCall.outlet(to -> {}), false);
            var track = new UpTrack("1", SimSizes.FEED, MediaKind.VIDEO, format, encodings);
            call.room.publish(uplink, List.of(SimPublisher.feed(SimSizes.FEED)), List.of(track));
            for (int i = 0; i < SIZES; i++) {
                var leg = call.subscribe(false);
                call.room.subscribe(leg.downlink, leg.subscriber.terms(SimSizes.FEED));
            }
            var wishes = new FeedWish[SIZES];
            for (int size = 0; size < SIZES; size++) wishes[size] = new FeedWish(SimSizes.FEED, 0, 0, size, 1);
            frames(call, uplink, wishes, FRAMES);
            long switchesBefore = switches(call);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            frames(call, uplink, wishes, FRAMES);
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            long switched = switches(call) - switchesBefore;
            assertTrue(switched > FRAMES / SWITCH_EVERY, "sizes were switched " + switched + " times");
            assertEquals(
                    0,
                    bytes / (FRAMES * SIZES),
                    "bytes allocated for each packet, " + bytes + " in all, " + switched + " switches");
        }
    }

    private static long switches(SimCall call) {
        return call.room.stats(call.simulation.nowNs()).feeds().stream()
                .flatMap(feed -> feed.tracks().stream())
                .flatMap(one -> one.subscriptions().stream())
                .mapToLong(RoomStats.Out::switches)
                .sum();
    }

    /** A picture each millisecond, one packet of each size; now and then all are key frames, and everybody wishes for another size, always somebody for the largest. */
    private void frames(SimCall call, Uplink uplink, FeedWish[] wishes, int count) {
        for (int i = 0; i < count; i++) {
            frame++;
            long nowNs = frame * 1_000_000L;
            if (frame % SWITCH_EVERY == 0) {
                for (int k = 0; k < SIZES; k++)
                    call.subscribers.get(k).downlink.wish(wishes[(frame / SWITCH_EVERY + k) % SIZES]);
            }
            for (int size = 0; size < SIZES; size++) {
                packet.clear();
                long timestamp = frame * 90L + size * 1_000_000L & 0xFFFF_FFFFL;
                RtpPacket.writeHeader(packet, 96, true, frame + size * 1_000 & 0xFFFF, timestamp, 7_000 + size);
                SimPayload.write(packet, true, frame % 25 == 5, true, frame, 0, 1, nowNs, 900);
                uplink.onRtp(packet, nowNs);
            }
            call.room.onBatchEnd(nowNs);
            if (frame % 20 == 0) call.room.tick(nowNs);
        }
    }

    private void forward(SimCall call, int packets) {
        Uplink uplink = call.uplink;
        long nowNs = call.simulation.nowNs();
        for (int i = 0; i < packets; i++) {
            nowNs += 1_000_000;
            sequence++;
            if (sequence % 20 == 0) continue; // lost
            packet.clear();
            RtpPacket.writeHeader(
                    packet, SimPublisher.VIDEO_PT, true, sequence & 0xFFFF, sequence * 90L, SimPublisher.VIDEO);
            packet.setByte(0, 0x90).writeInt(0xBEDE0001).writeByte(SimPublisher.EXTENSIONS.transportCc() << 4 | 1);
            packet.writeShort(sequence).writeByte(0);
            SimPayload.write(packet, true, sequence % 300 == 1, true, sequence, 0, 1, nowNs, 900);
            uplink.onRtp(packet, nowNs);
            call.room.onBatchEnd(nowNs);
            if (sequence % 10 == 0) {
                for (int k = 0; k < call.subscribers.size(); k++) {
                    var leg = call.subscribers.get(k);
                    nack.clear();
                    lost[0] = leg.lastVideoSequence;
                    RtcpWriter.nack(nack, 1, leg.videoSsrc(), lost, 1);
                    leg.downlink.onRtcp(nack, nowNs);
                }
            }
            if (sequence % 20 == 1) call.room.tick(nowNs);
        }
    }
}
