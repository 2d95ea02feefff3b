package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;

/**
 * Audio or video of a feed and all who receive it. It comes in one encoding, or in several sizes at once (simulcast, RFC 8853), of which each
 * subscriber gets one. It outlives its source: a publisher that comes back on another transport goes on in the same track, and the subscribers'
 * streams go on without a break.
 */
final class Track {
    /** Outgoing streams of one track. */
    static final int SUBSCRIPTIONS_MAX = 2_000;
    /** A size from which nothing came for so long, while others came, is not sent at present. */
    private static final long LIVE_NS = 1_000_000_000L;

    private static final Subscription[] NOBODY = {};
    private static final Encoding[] NOTHING = {};

    private final RelayRoom room;
    private final Feed feed;
    private final MediaKind kind;

    private TrackFormat format;
    private Uplink source;
    private String mid;
    private long roomSsrc;
    private Encoding[] encodings = NOTHING;
    /** The encodings by size, smallest first. */
    private Encoding[] ranked = NOTHING;
    /** Those of them that come at present; at least one. */
    private Encoding[] live = NOTHING;

    private KeyFrames keyFrames;
    private Subscription[] subscriptions = NOBODY;
    private boolean muted;
    private boolean metered;
    final SpeechLevel speech = new SpeechLevel();
    final SpeechActivity activity = new SpeechActivity();
    final QualityMeter meter = new QualityMeter();
    /** Place in {@link SpeechOrder}, 0 the first. */
    int speechRank;

    final TappedEncoding tapped;
    private final EncodingDemand demand;

    Track(RelayRoom room, Feed feed, MediaKind kind) {
        this.room = room;
        this.feed = feed;
        this.kind = kind;
        this.tapped = new TappedEncoding(room, this);
        this.demand = new EncodingDemand(room, this);
    }

    // ---- where it comes from

    /** Begins, or begins again, with this source. The same source with the same terms changes nothing. */
    void attach(Uplink uplink, UpTrack terms) {
        boolean same = source == uplink
                && format.equals(terms.format())
                && mid.equals(terms.mid())
                && goesOnAs(terms.encodings());
        if (same) return;
        if (source != null) detach();
        boolean again = format != null;
        source = uplink;
        format = terms.format();
        mid = terms.mid();
        keyFrames = KeyFrames.of(format.codec());
        startOver(terms.encodings());
        if (again) for (Subscription one : subscriptions) one.onSourceReplaced(this);
        updateUse();
        roomSsrc = room.allocateSsrc();
        room.tap().onTrack(event(TrackEvent.STARTED));
    }

    private boolean goesOnAs(List<UpEncoding> terms) {
        if (terms.size() != encodings.length) return false;
        for (Encoding one : encodings) if (!one.goesOnAs(terms.get(one.index))) return false;
        return true;
    }

    /** The source is gone; the track waits for another one or for its end. */
    void detach() {
        if (source == null) return;
        source.forget(this);
        source = null;
        room.tap().onTrack(event(TrackEvent.ENDED));
        room.freeSsrc(roomSsrc);
        for (Subscription one : subscriptions) one.pause(this);
    }

    /** The end: subscribers hear BYE, but for those who go on with another track. */
    void close() {
        detach();
        for (Subscription one : subscriptions.clone()) one.downlink.onTrackEnd(one, this);
        for (Encoding one : encodings) one.release();
    }

    private void startOver(List<UpEncoding> terms) {
        for (Encoding one : encodings) one.release();
        encodings = new Encoding[terms.size()];
        for (int i = 0; i < encodings.length; i++) encodings[i] = new Encoding(this, i, terms.get(i), room);
        ranked = encodings.clone();
        live = new Encoding[] {ranked[0]};
        tapped.startOver(encodings[0]);
        demand.startOver(encodings.length);
    }

    /** A reader of the tap hears that this stream is another one from now on, under a new SSRC. */
    void renameForTap() {
        room.tap().onTrack(event(TrackEvent.ENDED));
        room.freeSsrc(roomSsrc);
        roomSsrc = room.allocateSsrc();
        room.tap().onTrack(event(TrackEvent.STARTED));
    }

    // ---- packets

    void forward(Encoding from, RtpPacket packet, long extended, boolean begins, OutgoingPacket outgoing, long nowNs) {
        picture(packet);
        from.onForward(packet, extended, begins);
        for (Subscription one : subscriptions) one.forward(from, packet, extended, begins, outgoing, nowNs);
    }

    /**
     * Sends a stream that has nothing yet what came since the latest key frame, so that its picture need not wait for the
     * publisher. False when there is nothing to send, or more than a burst should hold.
     *
     * @param scratch a flyweight for the old packets
     */
    boolean catchUp(Subscription late, RtpPacket scratch, OutgoingPacket outgoing, long nowNs) {
        Encoding from = late.target();
        if (muted || !from.canCatchUp()) return false;
        long keyFrameAt = from.keyFrameAt();
        for (long extended = keyFrameAt; extended <= from.newestRemembered(); extended++) {
            ByteBuf old = from.recall(extended);
            if (old == null || scratch.wrap(old) != RtpPacket.Verdict.OK) continue; // still missing: it is asked for
            picture(scratch);
            if (outgoing.load(scratch, format.extensions()))
                late.forward(from, scratch, extended, extended == keyFrameAt, outgoing, nowNs);
        }
        return !late.waitingForKeyFrame();
    }

    /** A packet with padding only goes no further, except to those for whom that would leave a hole which they ask for in vain. */
    void skip(Encoding from, RtpPacket packet, long extended, OutgoingPacket outgoing, long nowNs) {
        boolean loaded = false;
        room.picture.none();
        room.svc.none();
        for (Subscription one : subscriptions) {
            if (one.skip(from, extended)) continue;
            if (!loaded) {
                loaded = true;
                if (!outgoing.load(packet, format.extensions())) return;
                from.remember(extended, packet.buffer());
            }
            one.forward(from, packet, extended, false, outgoing, nowNs);
        }
    }

    /** What the packet says about temporal layers; stays until the next packet is looked at. */
    Vp8Layers picture(RtpPacket packet) {
        if (keyFrames == KeyFrames.VP8) room.picture.wrap(packet);
        else room.picture.none();
        if (keyFrames == KeyFrames.VP9) room.svc.wrap(packet);
        return room.picture;
    }

    /** Its upper layers are larger pictures, in one stream with the lower ones. */
    boolean spatial() {
        return keyFrames == KeyFrames.VP9;
    }

    /** As {@link #picture}, of VP9. */
    Vp9Layers svc() {
        return room.svc;
    }

    /** Layer of the packet that was looked at last, by which rates are counted; 0 is the base. */
    int layer() {
        if (spatial()) return room.svc.layer();
        return room.picture.layered() ? room.picture.layer() : 0;
    }

    Vp8Layers picture() {
        return room.picture;
    }

    // ---- sizes

    /** Which sizes come at present, and in which order; to be called every 100 ms or so. */
    void look(long nowNs) {
        for (Encoding one : encodings) one.rates().roll(nowNs);
        if (simulcast()) {
            rank();
            findLive();
            tapped.look(nowNs);
            demand.look(nowNs);
        }
        updateUse();
        metered = meter.roll(this, nowNs);
    }

    /** True when the last look has ended a second. */
    boolean metered() {
        return metered;
    }

    /** False while the publisher was told to leave sizes out. */
    boolean allSizesWanted() {
        return demand.all();
    }

    /** By the pictures' sizes once they are known; until then as offered. */
    private void rank() {
        for (int i = 1; i < ranked.length; i++) { // insertion sort: stable, and nearly always done already
            Encoding one = ranked[i];
            int at = i;
            for (; at > 0 && larger(ranked[at - 1], one); at--) ranked[at] = ranked[at - 1];
            ranked[at] = one;
        }
        for (int i = 0; i < ranked.length; i++) ranked[i].rank(i);
    }

    private static boolean larger(Encoding one, Encoding other) {
        return one.width() > 0 && other.width() > 0 && one.width() * one.height() > other.width() * other.height();
    }

    private void findLive() {
        long newestNs = 0;
        for (Encoding one : ranked) newestNs = Math.max(newestNs, one.lastPacketNs());
        int count = 0;
        boolean same = true;
        for (Encoding one : ranked) {
            if (one.lastPacketNs() == 0 || newestNs - one.lastPacketNs() > LIVE_NS) continue;
            same &= count < live.length && live[count] == one;
            count++;
        }
        if (count == 0 || same && count == live.length) return;
        long newest = newestNs;
        live = Arrays.stream(ranked)
                .filter(one -> one.lastPacketNs() != 0 && newest - one.lastPacketNs() <= LIVE_NS)
                .toArray(Encoding[]::new);
    }

    /** Remembers packets only of what somebody receives. */
    void updateUse() {
        for (Encoding one : encodings) {
            boolean used = tapped.is(one) && room.tap().wanted();
            for (Subscription each : subscriptions)
                used |= !each.suspended() && (each.current() == one || each.target() == one);
            one.used(used);
        }
    }

    /** It is offered in several sizes. */
    boolean simulcast() {
        return encodings.length > 1;
    }

    int liveCount() {
        return live.length;
    }

    /** @param at 0 the smallest that comes at present */
    Encoding live(int at) {
        return live[at];
    }

    Encoding[] encodings() {
        return encodings;
    }

    /** Smallest first. */
    Encoding[] ranked() {
        return ranked;
    }

    // ---- who receives it

    /** Null when there are as many as there may be. @param before whose numbers it goes on with; null = none */
    Subscription subscribe(Downlink downlink, DownTrack terms, Entropy entropy, Subscription before) {
        if (!hasRoom()) return null;
        var one = before != null && before.track() == this
                ? new Subscription(before, terms, entropy)
                : new Subscription(this, downlink, terms, entropy);
        join(one);
        if (one.waitingForKeyFrame()) one.wantKeyFrame();
        return one;
    }

    /** A stream that is already among them stays. */
    void join(Subscription one) {
        if (!Arrays.asList(subscriptions).contains(one)) {
            subscriptions = Arrays.copyOf(subscriptions, subscriptions.length + 1);
            subscriptions[subscriptions.length - 1] = one;
        }
        updateUse();
    }

    /** Another one fits. */
    boolean hasRoom() {
        return subscriptions.length < SUBSCRIPTIONS_MAX;
    }

    void unsubscribe(Subscription gone) {
        subscriptions = Arrays.stream(subscriptions).filter(one -> one != gone).toArray(Subscription[]::new);
        updateUse();
    }

    Subscription[] subscriptions() {
        return subscriptions;
    }

    void mute(boolean value) {
        if (muted == value) return;
        muted = value;
        for (Encoding one : encodings) one.forgetKeyFrame(); // nobody gets to see what came before
        if (muted) for (Subscription one : subscriptions) one.pause(this);
        else wantKeyFrame();
        if (source != null) room.tap().onTrack(event(TrackEvent.UPDATED));
    }

    // ---- feedback

    /** For all who receive it, and the tap. */
    void wantKeyFrame() {
        for (Subscription one : subscriptions) one.wantKeyFrame();
        tapped.wantKeyFrame();
    }

    boolean takeKeyFrameRequest(Encoding one, long nowNs) {
        if (kind != MediaKind.VIDEO || source == null || muted) return false;
        return one.takeKeyFrameRequest(anybodyWaiting(one), nowNs);
    }

    private boolean anybodyWaiting(Encoding encoding) {
        if (tapped.waitsFor(encoding)) return true;
        for (Subscription one : subscriptions) if (one.waitsFor(encoding)) return true;
        return false;
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
        long packets = 0;
        long bytes = 0;
        int lost = 0;
        long lastPacketNs = 0;
        for (Encoding one : encodings) {
            packets += one.statistics().received();
            bytes += one.bytes();
            lost += one.statistics().lost();
            lastPacketNs = Math.max(lastPacketNs, one.lastPacketNs());
        }
        Encoding main = tapped.encoding();
        return new RoomStats.In(
                kind,
                format.codec(),
                main.ssrc(),
                muted,
                packets,
                bytes,
                lost,
                main.statistics().jitter(),
                lastPacketNs == 0 ? -1 : (nowNs - lastPacketNs) / 1_000_000,
                meter.quality(kind == MediaKind.VIDEO),
                Arrays.stream(ranked).map(this::stats).toList(),
                Arrays.stream(subscriptions).map(Subscription::stats).toList());
    }

    private RoomStats.Size stats(Encoding one) {
        return new RoomStats.Size(
                one.rid(),
                one.ssrc(),
                one.width(),
                one.height(),
                one.statistics().received(),
                one.rates().upTo(Vp8Layers.LAYERS_MAX - 1),
                one.rates().top(),
                Arrays.asList(live).contains(one));
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

    /** What the tap calls this track: unique in the room, new with each source. */
    long roomSsrc() {
        return roomSsrc;
    }

    boolean muted() {
        return muted;
    }

    KeyFrames keyFrames() {
        return keyFrames;
    }
}
