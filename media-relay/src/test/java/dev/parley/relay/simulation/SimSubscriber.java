package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;

import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.DownTrack;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.packet.TransportFeedbackWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A browser's receiving side for one feed. */
final class SimSubscriber {
    static final int AUDIO_PT = 109, VIDEO_PT = 120, RTX_PT = 121;

    static final int TRANSPORT_CC = 7;
    private static final int SLOTS = 2048;
    /** How far the receiver's clock is ahead. */
    private static final long CLOCK_NS = 987_654 * Simulation.S;

    private final long[] ticks = new long[SLOTS];
    private long next = -1;
    private long highest;
    private int feedbacks;
    private final Simulation simulation;
    private final long base;
    private final boolean rtx;
    private final Consumer<ByteBuf> feedback;
    private final RtpPacket rtp = new RtpPacket();
    final SimReceiver video = new SimReceiver();
    final Set<Integer> audio = new HashSet<>();
    long roundTripNs = 100 * MS;
    int asked;
    int resentPackets;
    int rtxPackets;
    long videoPackets;
    boolean bye;
    int padding;
    /** Packets of other streams. */
    int others;
    /** Of the last sender reports, audio then video: NTP and RTP; 0 = none yet. */
    final long[] reportNtp = new long[2];

    final long[] reportRtp = new long[2];
    /** When the first packet and the first report of audio and video came. */
    final long[] firstPacketNs = new long[2];

    final long[] firstReportNs = new long[2];
    private final long[] lastReportNs = new long[2];
    /** Capture times as the receiver reckons them by sender reports, against the truth. */
    long worstClockErrorNs;

    /** @param base SSRC of audio; video has the next, its RTX the one after */
    SimSubscriber(Simulation simulation, long base, boolean rtx, Consumer<ByteBuf> feedback) {
        this.simulation = simulation;
        this.base = base;
        this.rtx = rtx;
        this.feedback = feedback;
        simulation.every(20 * MS, this::sendFeedback);
        simulation.every(700 * MS, this::sendReport);
        simulation.every(50 * MS, this::sendTransportFeedback);
    }

    List<DownTrack> terms(String feedId) {
        return List.of(
                new DownTrack("0", feedId, MediaKind.AUDIO, "opus", AUDIO_PT, -1, extensions(), base, 0),
                new DownTrack(
                        "1",
                        feedId,
                        MediaKind.VIDEO,
                        "VP8",
                        VIDEO_PT,
                        rtx ? RTX_PT : -1,
                        extensions(),
                        base + 1,
                        rtx ? base + 2 : 0));
    }

    /** Transport-wide numbers only with RTX, as the relay answers. */
    private HeaderExtensions extensions() {
        return rtx ? new HeaderExtensions(0, 0, 0, TRANSPORT_CC) : HeaderExtensions.NONE;
    }

    private void arrived(RtpPacket packet) {
        int at = packet.extensionOffset(TRANSPORT_CC);
        if (at < 0) return;
        int sequence = packet.buffer().getUnsignedShort(at);
        if (next < 0) {
            Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
            next = highest = 0x10000L + sequence;
        }
        long extended = highest + (short) (sequence - (int) highest);
        for (; highest < extended; highest++)
            ticks[(int) (highest + 1) & SLOTS - 1] = TransportFeedbackWriter.NOT_RECEIVED;
        if (extended >= next) ticks[(int) extended & SLOTS - 1] = (simulation.nowNs() + CLOCK_NS) / 250_000;
    }

    private void sendTransportFeedback() {
        while (next >= 0 && next <= highest) {
            ByteBuf compound = Unpooled.buffer();
            int count = (int) Math.min(TransportFeedbackWriter.COUNT_MAX, highest - next + 1);
            next += TransportFeedbackWriter.write(
                    compound, 1, base, (int) next & 0xFFFF, feedbacks++, ticks, SLOTS - 1, count);
            feedback.accept(compound);
        }
    }

    void onRtp(byte[] bytes) {
        ByteBuf buf = Unpooled.wrappedBuffer(bytes);
        if (rtp.wrap(buf) != RtpPacket.Verdict.OK) throw new AssertionError("bad RTP of the relay");
        arrived(rtp);
        if (rtp.ssrc() == base) {
            var payload = new SimPayload().read(rtp, false);
            audio.add(payload.frame);
            clock(0, payload.captureNs, 48_000);
            return;
        }
        if (rtp.ssrc() == base + 9) {
            others++;
            return;
        }
        if (rtp.ssrc() == base + 2 && rtp.payloadLength() == 0) {
            padding++;
            return;
        }
        boolean repair = rtp.ssrc() == base + 2;
        if (rtp.ssrc() != base + 1 && !repair)
            throw new AssertionError("an SSRC that was not agreed on: " + rtp.ssrc());
        int expected = repair ? RTX_PT : VIDEO_PT;
        if (rtp.payloadType() != expected) throw new AssertionError("payload type " + rtp.payloadType());
        videoPackets++;
        int sequence = rtp.sequence();
        if (repair) {
            rtxPackets++;
            sequence = buf.getUnsignedShort(rtp.payloadOffset());
            byte[] original = new byte[bytes.length - 2];
            System.arraycopy(bytes, 0, original, 0, rtp.headerLength());
            System.arraycopy(
                    bytes, rtp.headerLength() + 2, original, rtp.headerLength(), original.length - rtp.headerLength());
            if (rtp.wrap(Unpooled.wrappedBuffer(original)) != RtpPacket.Verdict.OK) throw new AssertionError("bad RTX");
        }
        var payload = rtp.payloadLength() == 0 ? null : new SimPayload().read(rtp, true);
        video.onPacket(rtp, sequence, payload, repair || !rtx, simulation.nowNs());
        if (payload != null) clock(1, payload.captureNs, 90_000);
    }

    private void clock(int kind, long captureNs, int rate) {
        if (firstPacketNs[kind] == 0) firstPacketNs[kind] = simulation.nowNs();
        if (reportNtp[kind] == 0) return;
        int ticks = (int) (rtp.timestamp() - reportRtp[kind]);
        long reckoned = SimPublisher.ns(reportNtp[kind]) + ticks * 1_000_000_000L / rate;
        worstClockErrorNs = Math.max(worstClockErrorNs, Math.abs(reckoned - captureNs));
    }

    void onRtcp(byte[] bytes) {
        var reader = new RtcpReader();
        var packet = new RtcpPacket();
        reader.wrap(Unpooled.wrappedBuffer(bytes));
        while (reader.next(packet)) {
            if (packet.kind() == RtcpPacket.Kind.BYE && packet.byeSsrc(0) != base + 9) bye = true;
            if (packet.kind() != RtcpPacket.Kind.SENDER_REPORT || packet.senderSsrc() > base + 1) continue;
            int kind = (int) (packet.senderSsrc() - base);
            reportNtp[kind] = packet.ntpTime();
            reportRtp[kind] = packet.rtpTimestamp();
            lastReportNs[kind] = simulation.nowNs();
            if (firstReportNs[kind] == 0) firstReportNs[kind] = simulation.nowNs();
        }
    }

    private void sendFeedback() {
        long nowNs = simulation.nowNs();
        List<Integer> lost = video.due(nowNs, roundTripNs);
        boolean pli = video.wantsKeyFrame(nowNs);
        if (lost.isEmpty() && !pli) return;
        ByteBuf compound = Unpooled.buffer();
        RtcpWriter.receiverReport(compound, 1, 0);
        if (!lost.isEmpty())
            RtcpWriter.nack(
                    compound, 1, base + 1, lost.stream().mapToInt(i -> i).toArray(), lost.size());
        if (pli) RtcpWriter.pli(compound, 1, base + 1);
        asked += lost.size();
        feedback.accept(compound);
    }

    private void sendReport() {
        if (video.highest() < 0) return;
        ByteBuf compound = Unpooled.buffer();
        RtcpWriter.receiverReport(compound, 1, 1);
        long delay = reportNtp[1] == 0 ? 0 : (simulation.nowNs() - lastReportNs[1]) * 65_536 / Simulation.S;
        RtcpWriter.reportBlock(
                compound, base + 1, video.takeFractionLost(), 0, video.highest(), 0, reportNtp[1] >>> 16, delay);
        feedback.accept(compound);
    }

    void askForKeyFrame() {
        ByteBuf compound = Unpooled.buffer();
        RtcpWriter.receiverReport(compound, 1, 0);
        RtcpWriter.pli(compound, 1, base + 1);
        feedback.accept(compound);
    }
}
