package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.rtp.packet.RtcpPacket;

/**
 * How well one stream gets through to one subscriber, by his receiver reports, and says when that becomes weak. Its rate counts against the line only where
 * the line is why less is sent than he wishes.
 */
final class StreamWatch {
    private static final long WINDOW_NS = 1_000_000_000L;

    private final QualityAlarm alarm = new QualityAlarm();
    private long sinceNs;
    private long bytesBefore;
    private long packetsBefore;
    private long bits;
    private double jitterMs;
    private double loss;
    private boolean reported;

    void onReceiverReport(RtcpPacket report, int block, int clockRate) {
        reported = true;
        loss = report.fractionLost(block) / 256.0;
        jitterMs = report.jitter(block) * 1_000.0 / clockRate;
    }

    /** Once a second something is judged. @param bytes @param packets sent so far */
    void look(RelayRoom room, Subscription stream, String receiverId, long bytes, long packets, long nowNs) {
        long passed = nowNs - sinceNs;
        if (passed < WINDOW_NS) return;
        sinceNs = nowNs;
        long wire = bytes - bytesBefore + (packets - packetsBefore) * LayerRates.PACKET_BYTES;
        bits = passed > 4 * WINDOW_NS ? 0 : wire * 8_000 / (passed / 1_000_000);
        bytesBefore = bytes;
        packetsBefore = packets;
        if (bits == 0 || !reported) {
            alarm.unknown();
            return;
        }
        boolean limited = stream.track().kind() == MediaKind.VIDEO && stream.rung() < stream.topRung();
        double mos = mos(stream.downlink.roundTrip.ns());
        boolean bad = mos < QualityAlarm.MOS_WEAK || limited && bits < QualityAlarm.VIDEO_WEAK;
        boolean good = mos >= QualityAlarm.MOS_WELL && (!limited || bits >= QualityAlarm.VIDEO_WELL);
        if (!alarm.judge(bad, good, nowNs)) return;
        FeedInfo info = stream.track().feed().info();
        room.signals()
                .onQuality(new QualitySignal(
                        room.roomId(),
                        info.participantId(),
                        info.feedId(),
                        stream.track().kind(),
                        receiverId,
                        alarm.weak(),
                        quality(stream)));
    }

    private double mos(long roundTripNs) {
        return VoiceModel.mos(loss, jitterMs, roundTripNs / 1e6);
    }

    /** What is sent, and how it gets through. */
    FeedQuality quality(Subscription stream) {
        long roundTripNs = stream.downlink.roundTrip.ns();
        return new FeedQuality(
                bits,
                loss,
                jitterMs,
                roundTripNs / 1e6,
                0,
                stream.current().width(),
                stream.current().height(),
                reported ? mos(roundTripNs) : 0);
    }

    boolean weak() {
        return alarm.weak();
    }
}
