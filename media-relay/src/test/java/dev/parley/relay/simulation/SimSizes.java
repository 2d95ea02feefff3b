package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;

import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpEncoding;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A browser's simulcast on a line without faults: one picture in three sizes, 25 times a second, each with sequence numbers, timestamps and picture ids
 * of its own. As with libvpx one PLI makes key frames of all sizes. The number of a frame tells its size: {@code size * SIZE + n}.
 */
final class SimSizes {
    static final int SIZE = 1_000_000;
    static final String FEED = "sizes";
    private static final String[] RIDS = {"q", "h", "f"};
    private static final int[] FRAME_BYTES = {500, 1_500, 4_500}; // 100, 300, 900 kbit/s
    private static final int MID_ID = 3, RID_ID = 4;
    /** Browsers name their packets until a report shows that they are known. */
    private static final int NAMED_PACKETS = 30;

    private final Simulation simulation;
    private final RelayRoom room;
    private final int[] sequence = new int[3];
    private final int[] firstTimestamp = new int[3];
    private final long[] packets = new long[3];
    final boolean[] active = {true, true, true};
    private final Uplink uplink;
    private boolean keyFrameWanted = true;
    private int number;
    int plis;

    SimSizes(Simulation simulation, RelayRoom room, String feed, long seed) {
        this.simulation = simulation;
        this.room = room;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 3; i++) {
            sequence[i] = random.nextInt(0x10000);
            firstTimestamp[i] = random.nextInt();
        }
        uplink = room.openUplink(feed + "-up", "p", SimCall.outlet(this::onRtcp), false);
        var ids = new HeaderExtensions(MID_ID, 0, 0, 0, RID_ID, 0, 0);
        var format = new TrackFormat(MediaKind.VIDEO, "VP8", 96, -1, 90_000, 0, "", true, true, ids);
        var encodings = List.of(new UpEncoding("q", 0, 0), new UpEncoding("h", 0, 0), new UpEncoding("f", 0, 0));
        room.publish(
                uplink,
                List.of(SimPublisher.feed(feed)),
                List.of(new UpTrack("1", feed, MediaKind.VIDEO, format, encodings)));
        simulation.every(40 * MS, this::sendFrame);
        simulation.every(S, this::sendReports);
    }

    /** Whose next frame begins now, as after {@code setParameters}. */
    void activate(int size, boolean on) {
        keyFrameWanted |= on && !active[size];
        active[size] = on;
    }

    private void sendFrame() {
        boolean key = keyFrameWanted;
        keyFrameWanted = false;
        number++;
        for (int size = 0; size < 3; size++) if (active[size]) sendFrame(size, key);
    }

    private void sendFrame(int size, boolean key) {
        int bytes = FRAME_BYTES[size] * (key ? 4 : 1);
        int count = (bytes + 999) / 1_000;
        long captureNs = simulation.nowNs();
        for (int i = 0; i < count; i++) {
            ByteBuf packet = Unpooled.buffer();
            int at = sequence[size]++ & 0xFFFF;
            RtpPacket.writeHeader(packet, 96, i == count - 1, at, timestamp(size, captureNs), ssrc(size));
            if (packets[size]++ < NAMED_PACKETS) {
                packet.setByte(0, 0x90).writeInt(0xBEDE0001);
                packet.writeByte(MID_ID << 4)
                        .writeByte('1')
                        .writeByte(RID_ID << 4)
                        .writeByte(RIDS[size].charAt(0));
            }
            SimPayload.write(packet, true, key, true, size * SIZE + number, i, count, captureNs, bytes / count);
            uplink.onRtp(packet, captureNs);
        }
        room.onBatchEnd(captureNs);
    }

    private void sendReports() {
        for (int size = 0; size < 3; size++) {
            ByteBuf compound = Unpooled.buffer();
            long now = simulation.nowNs();
            RtcpWriter.senderReport(
                    compound, ssrc(size), SimPublisher.ntp(now), timestamp(size, now), packets[size], 0, 0);
            RtcpWriter.sdesCname(compound, ssrc(size), "cname");
            uplink.onRtcp(compound, now);
        }
    }

    private void onRtcp(ByteBuf compound) {
        int asked = SimRtp.plis(compound);
        plis += asked;
        keyFrameWanted |= asked > 0;
    }

    private long timestamp(int size, long captureNs) {
        return firstTimestamp[size] + captureNs / 1_000 * 90_000 / 1_000_000 & 0xFFFF_FFFFL;
    }

    private static long ssrc(int size) {
        return 7_000 + size;
    }
}
