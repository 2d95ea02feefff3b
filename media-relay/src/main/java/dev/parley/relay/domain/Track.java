package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;

/**
 * One incoming stream of a feed and all who receive it. It outlives its source: a publisher that comes back on another transport goes on in the
 * same track, and the subscribers' streams go on without a break.
 */
final class Track {
    /** Outgoing streams of one track. */
    static final int SUBSCRIPTIONS_MAX = 2_000;

    private static final Subscription[] NOBODY = {};
    private static final int VIDEO_SLOTS = 1024, AUDIO_SLOTS = 256;
    /** About 250 kB: a second of a camera, and a burst that queues and socket buffers take. */
    private static final int CATCH_UP_PACKETS_MAX = 200;

    private static final int VIDEO_BYTES = 512 * 1024, AUDIO_BYTES = 32 * 1024;

    private final RelayRoom room;
    private final Feed feed;
    private final MediaKind kind;

    private TrackFormat format;
    private Uplink source;
    private String mid;
    private long ssrc;
    private long rtxSsrc;
    private long roomSsrc;
    private SequenceWindow window;
    private ReceiveStatistics statistics;
    private NackGenerator nacks;
    private SourceClock clock;
    private LayerRates layers = new LayerRates();
    private KeyFrames keyFrames;
    private KeyFrameRequests requests = new KeyFrameRequests();
    private PacketHistory history;
    /** Where the latest key frame begins in the history; -1 = it is not there. */
    private long keyFrameAt = -1;

    private long keyFrameTimestamp;
    private long newestRemembered = -1;
    private Subscription[] subscriptions = NOBODY;
    private boolean muted;
    private long bytes;
    private long lastPacketNs;
    final SpeechLevel speech = new SpeechLevel();

    Track(RelayRoom room, Feed feed, MediaKind kind) {
        this.room = room;
        this.feed = feed;
        this.kind = kind;
    }

    // ---- where it comes from

    /** Begins, or begins again, with this source. The same source with the same terms changes nothing. */
    void attach(Uplink uplink, UpTrack terms) {
        boolean same = source == uplink
                && format.equals(terms.format())
                && mid.equals(terms.mid())
                && (terms.ssrc() == 0 || terms.ssrc() == ssrc);
        if (same) return;
        if (source != null) detach();
        boolean again = format != null;
        source = uplink;
        format = terms.format();
        mid = terms.mid();
        ssrc = terms.ssrc();
        rtxSsrc = terms.rtxSsrc();
        keyFrames = KeyFrames.of(format.codec());
        startOver();
        if (again) for (Subscription one : subscriptions) one.onSourceReplaced();
        roomSsrc = room.allocateSsrc();
        room.tap().onTrack(event(TrackEvent.STARTED));
    }

    /** The source is gone; the track waits for another one or for its end. */
    void detach() {
        if (source == null) return;
        source.forget(this);
        source = null;
        room.tap().onTrack(event(TrackEvent.ENDED));
        room.freeSsrc(roomSsrc);
        for (Subscription one : subscriptions) one.pause();
    }

    /** The end: subscribers hear BYE. */
    void close() {
        detach();
        for (Subscription one : subscriptions.clone()) one.downlink.drop(one);
        if (history != null) history.release();
        history = null;
    }

    private void startOver() {
        window = new SequenceWindow();
        statistics = new ReceiveStatistics(format.clockRate());
        nacks = format.nack() ? new NackGenerator(format.rtxPayloadType() >= 0) : null;
        clock = new SourceClock(format.clockRate());
        layers = new LayerRates();
        requests = new KeyFrameRequests();
        if (history != null) history.release();
        history = null;
        keyFrameAt = -1;
        newestRemembered = -1;
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
        statistics.onPacket(extended, packet.timestamp(), nowNs, repaired);
        if (nacks != null) nacks.onPacket(extended, repaired, nowNs);
        return extended;
    }

    void remember(long extended, ByteBuf packet) {
        if (subscriptions.length == 0) return;
        if (history == null) {
            boolean video = kind == MediaKind.VIDEO;
            history = new PacketHistory(
                    room.buffer(video ? VIDEO_BYTES : AUDIO_BYTES), video ? VIDEO_SLOTS : AUDIO_SLOTS);
        }
        history.put(extended, packet);
        newestRemembered = Math.max(newestRemembered, extended);
    }

    ByteBuf recall(long extended) {
        return history == null ? null : history.find(extended);
    }

    void forward(RtpPacket packet, long extended, OutgoingPacket outgoing, long nowNs) {
        boolean begins = keyFrames.begins(packet);
        picture(packet);
        layers.onPacket(room.picture.layered() ? room.picture.layer() : 0, packet.payloadLength());
        if (begins) onKeyFrame(packet, extended);
        for (Subscription one : subscriptions) one.forward(packet, extended, begins, outgoing, nowNs);
    }

    private void onKeyFrame(RtpPacket packet, long extended) {
        requests.onKeyFrame();
        if (keyFrameAt >= 0 && packet.timestamp() == keyFrameTimestamp)
            return; // H.264 begins it more than once: SPS, IDR
        if (extended < keyFrameAt) return;
        keyFrameAt = extended;
        keyFrameTimestamp = packet.timestamp();
    }

    /**
     * Sends a stream that has nothing yet what came since the latest key frame, so that its picture need not wait for the
     * publisher. False when there is nothing to send, or more than a burst should hold.
     *
     * @param scratch a flyweight for the old packets
     */
    boolean catchUp(Subscription late, RtpPacket scratch, OutgoingPacket outgoing, long nowNs) {
        if (history == null || keyFrames == KeyFrames.ANY || keyFrameAt < 0 || muted) return false;
        if (newestRemembered - keyFrameAt >= CATCH_UP_PACKETS_MAX || recall(keyFrameAt) == null) return false;
        for (long extended = keyFrameAt; extended <= newestRemembered; extended++) {
            ByteBuf old = recall(extended);
            if (old == null || scratch.wrap(old) != RtpPacket.Verdict.OK) continue; // still missing: it is asked for
            picture(scratch);
            if (outgoing.load(scratch, format.extensions()))
                late.forward(scratch, extended, extended == keyFrameAt, outgoing, nowNs);
        }
        return !late.waitingForKeyFrame();
    }

    /** A packet with padding only goes no further, except to those for whom that would leave a hole which they ask for in vain. */
    void skip(RtpPacket packet, long extended, OutgoingPacket outgoing, long nowNs) {
        boolean loaded = false;
        room.picture.none();
        for (Subscription one : subscriptions) {
            if (one.skip(extended)) continue;
            if (!loaded) {
                loaded = true;
                if (!outgoing.load(packet, format.extensions())) return;
                remember(extended, packet.buffer());
            }
            one.forward(packet, extended, false, outgoing, nowNs);
        }
    }

    /** What the packet says about temporal layers; stays until the next packet is looked at. */
    Vp8Layers picture(RtpPacket packet) {
        if (keyFrames == KeyFrames.VP8) room.picture.wrap(packet);
        else room.picture.none();
        return room.picture;
    }

    Vp8Layers picture() {
        return room.picture;
    }

    /** Highest temporal layer that came lately; 0 without layers. */
    int topLayer() {
        return layers.top();
    }

    LayerRates layers() {
        return layers;
    }

    // ---- who receives it

    /** Null when there are as many as there may be. @param before whose numbers it goes on with; null = none */
    Subscription subscribe(Downlink downlink, DownTrack terms, Entropy entropy, Subscription before) {
        if (subscriptions.length == SUBSCRIPTIONS_MAX) return null;
        var one = before != null && before.track == this
                ? new Subscription(before, terms, entropy)
                : new Subscription(this, downlink, terms, entropy);
        subscriptions = Arrays.copyOf(subscriptions, subscriptions.length + 1);
        subscriptions[subscriptions.length - 1] = one;
        if (one.waitingForKeyFrame()) wantKeyFrame();
        return one;
    }

    void unsubscribe(Subscription gone) {
        subscriptions = Arrays.stream(subscriptions).filter(one -> one != gone).toArray(Subscription[]::new);
    }

    void mute(boolean value) {
        if (muted == value) return;
        muted = value;
        keyFrameAt = -1; // nobody gets to see what came before
        if (muted) for (Subscription one : subscriptions) one.pause();
        else wantKeyFrame();
        if (source != null) room.tap().onTrack(event(TrackEvent.UPDATED));
    }

    // ---- feedback

    void wantKeyFrame() {
        if (kind == MediaKind.VIDEO) requests.want();
    }

    boolean takeKeyFrameRequest(long nowNs) {
        if (kind != MediaKind.VIDEO || source == null || muted) return false;
        if (nacks != null && nacks.takeHopeless()) requests.want();
        return requests.takeDue(anybodyWaiting(), nowNs);
    }

    private boolean anybodyWaiting() {
        for (Subscription one : subscriptions) if (one.waitingForKeyFrame()) return true;
        return false;
    }

    int dueNacks(long nowNs, int[] sequences) {
        return nacks == null || nacks.isEmpty() ? 0 : nacks.due(nowNs, sequences);
    }

    TrackEvent event(String what) {
        return new TrackEvent(
                what,
                feed.info(),
                kind,
                roomSsrc,
                format.codec(),
                format.payloadType(),
                format.clockRate(),
                format.channels(),
                format.fmtp(),
                muted,
                format.extensions().toMap());
    }

    RoomStats.In stats(long nowNs) {
        return new RoomStats.In(
                kind,
                format.codec(),
                ssrc,
                muted,
                statistics.received(),
                bytes,
                statistics.lost(),
                statistics.jitter(),
                lastPacketNs == 0 ? -1 : (nowNs - lastPacketNs) / 1_000_000,
                List.of(subscriptions).stream().map(Subscription::stats).toList());
    }

    // ---- plain answers

    Feed feed() {
        return feed;
    }

    MediaKind kind() {
        return kind;
    }

    TrackFormat format() {
        return format;
    }

    Uplink source() {
        return source;
    }

    String mid() {
        return mid;
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

    /** What the tap calls this track: unique in the room, new with each source. */
    long roomSsrc() {
        return roomSsrc;
    }

    boolean muted() {
        return muted;
    }

    SourceClock clock() {
        return clock;
    }

    ReceiveStatistics statistics() {
        return statistics;
    }

    KeyFrames keyFrames() {
        return keyFrames;
    }
}
