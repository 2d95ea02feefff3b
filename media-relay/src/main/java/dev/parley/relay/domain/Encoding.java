package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * One incoming stream of a track: the only one, or one size of a simulcast (RFC 8853). Counts, repairs and remembers what comes; who gets it is the
 * track's matter.
 */
final class Encoding {
    private static final int VIDEO_SLOTS = 1024, AUDIO_SLOTS = 256;
    private static final int VIDEO_BYTES = 512 * 1024, AUDIO_BYTES = 32 * 1024;
    /** About 250 kB: a second of a camera, and a burst that queues and socket buffers take. */
    private static final int CATCH_UP_PACKETS_MAX = 200;

    final Track track;
    final int index;
    private final String rid;
    private final TrackFormat format;
    private final RelayRoom room;
    private final SequenceWindow window = new SequenceWindow();
    private final ReceiveStatistics statistics;
    private final NackGenerator nacks;
    private final SourceClock clock;
    private final LayerRates rates = new LayerRates();
    private final PictureSize size = new PictureSize();
    private final KeyFrameRequests requests = new KeyFrameRequests();
    private PacketHistory history;
    /** Where the latest key frame begins in the history; -1 = it is not there. */
    private long keyFrameAt = -1;

    private long keyFrameTimestamp;
    private long newestRemembered = -1;
    private long ssrc;
    private long rtxSsrc;
    private long bytes;
    private long lastPacketNs;
    private long frames;
    private long lastTimestamp = -1;
    private int rank;
    private boolean used;

    Encoding(Track track, int index, UpEncoding terms, RelayRoom room) {
        this.track = track;
        this.index = index;
        this.rank = index;
        this.rid = terms.rid();
        this.ssrc = terms.ssrc();
        this.rtxSsrc = terms.rtxSsrc();
        this.format = track.format();
        this.room = room;
        this.statistics = new ReceiveStatistics(format.clockRate());
        this.nacks = format.nack() ? new NackGenerator(format.rtxPayloadType() >= 0) : null;
        this.clock = new SourceClock(format.clockRate());
    }

    /** Nothing changes when it goes on under these terms. */
    boolean goesOnAs(UpEncoding terms) {
        return rid.equals(terms.rid()) && (terms.ssrc() == 0 || terms.ssrc() == ssrc);
    }

    // ---- packets

    /** Restores a retransmission in place (RFC 4588 section 4): the header moves over the OSN. False when it carries nothing. */
    boolean undoRtx(RtpPacket packet) {
        if (packet.payloadLength() < 2) return false;
        ByteBuf buf = packet.buffer();
        int original = buf.getUnsignedShort(packet.payloadOffset());
        int base = buf.readerIndex();
        for (int i = packet.headerLength() - 1; i >= 0; i--) buf.setByte(base + 2 + i, buf.getByte(base + i));
        buf.readerIndex(base + 2);
        if (packet.wrap(buf) != RtpPacket.Verdict.OK) return false;
        packet.sequence(original).ssrc(ssrc).payloadType(format.payloadType());
        return true;
    }

    /** Extended sequence number, or one of the answers of {@link SequenceWindow} for packets to drop. */
    long account(RtpPacket packet, boolean repaired, long nowNs) {
        long extended = window.accept(packet.sequence());
        if (extended < 0) return extended;
        bytes += packet.payloadLength();
        lastPacketNs = nowNs;
        if (!repaired && packet.timestamp() != lastTimestamp) {
            lastTimestamp = packet.timestamp();
            frames++;
        }
        statistics.onPacket(extended, packet.timestamp(), nowNs, repaired);
        if (nacks != null) nacks.onPacket(extended, repaired, nowNs);
        return extended;
    }

    /** Keeps the packet for repairs and latecomers while somebody receives this stream. */
    void remember(long extended, ByteBuf packet) {
        if (!used) return;
        if (history == null) {
            boolean video = track.kind() == MediaKind.VIDEO;
            history = new PacketHistory(
                    room.buffer(video ? VIDEO_BYTES : AUDIO_BYTES), video ? VIDEO_SLOTS : AUDIO_SLOTS);
        }
        history.put(extended, packet);
        newestRemembered = Math.max(newestRemembered, extended);
    }

    ByteBuf recall(long extended) {
        return history == null ? null : history.find(extended);
    }

    /** A packet goes to the subscribers. @param begins it begins a key frame */
    void onForward(RtpPacket packet, long extended, boolean begins) {
        rates.onPacket(track.layer(), packet.payloadLength());
        if (!begins) return;
        requests.onKeyFrame();
        if (track.kind() == MediaKind.VIDEO) size.read(track.keyFrames(), packet);
        if (keyFrameAt >= 0 && packet.timestamp() == keyFrameTimestamp)
            return; // H.264 begins it more than once: SPS, IDR
        if (extended < keyFrameAt || !used) return;
        keyFrameAt = extended;
        keyFrameTimestamp = packet.timestamp();
    }

    /** True when a stream could begin with the latest key frame out of the history. */
    boolean canCatchUp() {
        return history != null
                && track.keyFrames() != KeyFrames.ANY
                && keyFrameAt >= 0
                && newestRemembered - keyFrameAt < CATCH_UP_PACKETS_MAX
                && recall(keyFrameAt) != null;
    }

    /** Where the latest key frame begins; only with {@link #canCatchUp}. */
    long keyFrameAt() {
        return keyFrameAt;
    }

    long newestRemembered() {
        return newestRemembered;
    }

    /** Nobody gets to see what came before. */
    void forgetKeyFrame() {
        keyFrameAt = -1;
    }

    /** Whether somebody receives it, or is about to. */
    void used(boolean value) {
        if (used && !value) keyFrameAt = -1;
        used = value;
    }

    void release() {
        if (history != null) history.release();
        history = null;
        keyFrameAt = -1;
    }

    // ---- feedback

    void wantKeyFrame() {
        if (track.kind() == MediaKind.VIDEO) requests.want();
    }

    /** @param waiting somebody gets no picture before its next key frame */
    boolean takeKeyFrameRequest(boolean waiting, long nowNs) {
        if (nacks != null && nacks.takeHopeless() && used) requests.want();
        return requests.takeDue(waiting, nowNs);
    }

    int dueNacks(long nowNs, int[] sequences) {
        return nacks == null || nacks.isEmpty() ? 0 : nacks.due(nowNs, sequences);
    }

    // ---- plain answers

    /** Its name in the packets; "" = it needs none. */
    String rid() {
        return rid;
    }

    /** The publisher's; 0 = not known yet. */
    long ssrc() {
        return ssrc;
    }

    void ssrc(long value) {
        ssrc = value;
    }

    long rtxSsrc() {
        return rtxSsrc;
    }

    void rtxSsrc(long value) {
        rtxSsrc = value;
    }

    SourceClock clock() {
        return clock;
    }

    ReceiveStatistics statistics() {
        return statistics;
    }

    /** What its temporal layers take. */
    LayerRates rates() {
        return rates;
    }

    long bytes() {
        return bytes;
    }

    /** Pictures that have begun to come, by their timestamps. */
    long frames() {
        return frames;
    }

    /** 0 = none yet. */
    long lastPacketNs() {
        return lastPacketNs;
    }

    /** In pixels; 0 = not known yet. */
    int width() {
        return size.width();
    }

    int height() {
        return size.height();
    }

    /** Place among the track's sizes, 0 the smallest. */
    int rank() {
        return rank;
    }

    void rank(int value) {
        rank = value;
    }
}
