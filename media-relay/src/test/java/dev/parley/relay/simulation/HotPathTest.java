package dev.parley.relay.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.parley.relay.domain.Uplink;
import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a packet through a room makes no garbage, with loss and repair on it. */
class HotPathTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 20_000;

    private final ByteBuf packet = Unpooled.directBuffer(1_500);
    private final ByteBuf nack = Unpooled.directBuffer(100);
    private final int[] lost = new int[1];
    private int sequence;

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
