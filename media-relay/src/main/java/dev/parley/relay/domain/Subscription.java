package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * One outgoing stream: a track of a feed on its way to one subscriber. Of a simulcast it carries one size at a time; another one is begun at its next
 * key frame, and the subscriber sees one stream without a break in sequence numbers, timestamps and picture ids. The same way it goes over to another
 * track ({@link #moveTo}): until that one's key frame it is in both.
 */
final class Subscription {
    /** Share lost, in 1/256, from which on a retransmission is sent twice: it would be lost too often. */
    private static final int HEAVY_LOSS = 64;
    /** Sources, one after the other, out of which repairs are still possible. */
    private static final int SOURCES = 4;

    private static final int ALL_LAYERS = LayerFilters.ALL;

    /** The track that it is of, or is to be of from the next key frame on. */
    private Track track;

    final Downlink downlink;
    final DownTrack terms;
    private final byte[] mid;
    private final StreamMunger munger;
    private final ResendGuard resends = new ResendGuard();
    private final SentReports reports = new SentReports();
    private int rtxSequence;
    private boolean waitingForKeyFrame = true;

    // By the source's number: it goes up by one with each change, and begins again after SOURCES.
    private final Encoding[] sources;
    private final LayerFilters filters;
    private int source;

    private Encoding target;
    private int topLayer = ALL_LAYERS;
    private FeedWish wish;
    private boolean suspended;
    private int fractionLost;
    private final StreamWatch watch;
    long packets;
    long bytes;
    long resent;
    int switches;

    Subscription(Track track, Downlink downlink, DownTrack terms, Entropy entropy) {
        this.track = track;
        this.downlink = downlink;
        this.terms = terms;
        this.mid = terms.mid().getBytes(StandardCharsets.US_ASCII);
        this.munger = new StreamMunger(track.format().clockRate(), entropy.nextInt() & 0x7FFF, entropy.nextInt());
        this.rtxSequence = entropy.nextInt() & 0x7FFF;
        this.sources = new Encoding[SOURCES];
        this.filters = new LayerFilters(track, munger, SOURCES);
        this.wish = downlink.wish(terms.feedId());
        this.watch = new StreamWatch();
        if (roams()) filters.renumber();
        startOver();
    }

    /**
     * New terms of a stream that goes on under its SSRC. It keeps its numbers: fresh ones under an SSRC in use would be seen as a jump, and might
     * repeat an index of SRTP with other bytes.
     */
    Subscription(Subscription before, DownTrack terms, Entropy entropy) {
        this.track = before.track;
        this.downlink = before.downlink;
        this.terms = terms;
        this.mid = terms.mid().getBytes(StandardCharsets.US_ASCII);
        this.munger = before.munger;
        this.rtxSequence = terms.rtxSsrc() == before.terms.rtxSsrc() ? before.rtxSequence : entropy.nextInt() & 0x7FFF;
        this.packets = before.packets;
        this.bytes = before.bytes;
        this.resent = before.resent;
        this.switches = before.switches;
        this.fractionLost = before.fractionLost;
        this.watch = before.watch;
        this.sources = before.sources;
        this.filters = before.filters;
        this.source = before.source;
        this.target = before.target;
        this.topLayer = before.topLayer;
        this.wish = before.wish;
        this.suspended = before.suspended;
        this.waitingForKeyFrame = before.waitingForKeyFrame || !terms.codec().equalsIgnoreCase(before.terms.codec());
        if (waitingForKeyFrame) munger.pause();
    }

    /** True while nothing can be shown before the next key frame. */
    boolean waitingForKeyFrame() {
        return waitingForKeyFrame && !suspended && track.keyFrames() != KeyFrames.ANY && takesCodec();
    }

    /** True while this encoding's next key frame is waited for: to begin with anything, or to change to it. */
    boolean waitsFor(Encoding one) {
        return one == target && !suspended && (waitingForKeyFrame() || target != current() && takesCodec());
    }

    void wantKeyFrame() {
        target.wantKeyFrame();
        if (current() != target && !waitingForKeyFrame) current().wantKeyFrame();
    }

    /** False after the publisher has come back with another codec: the subscriber must negotiate again. */
    boolean takesCodec() {
        return terms.codec().equalsIgnoreCase(track.format().codec());
    }

    /** This track was muted; what comes after goes on without a hole. */
    void pause(Track of) {
        if (of == current().track) pause();
    }

    private void pause() {
        munger.pause();
        waitingForKeyFrame = true;
    }

    /** Others speak, and the subscriber does not want more streams: nothing is sent until he does. */
    void suspended(boolean value) {
        if (suspended == value) return;
        suspended = value;
        track.updateUse();
        if (suspended) pause();
        else wantKeyFrame();
    }

    boolean suspended() {
        return suspended;
    }

    void onSourceReplaced(Track of) {
        if (of != current().track) { // only waited for as yet
            aimAnew();
            return;
        }
        munger.replaceSource();
        waitingForKeyFrame = true;
        filters.renumber(); // another encoder has other picture ids
        startOver();
    }

    // ---- from track to track

    /** It goes from track to track, with the speaker. */
    boolean roams() {
        return terms.feedId().equals(FeedInfo.SPEAKER);
    }

    Track track() {
        return track;
    }

    /** What comes next is of this track, from its next key frame on; until then the present one goes on. Its codec is the agreed one. */
    void moveTo(Track next) {
        if (track != current().track) track.unsubscribe(this); // that never came
        track = next;
        next.join(this);
        aimAnew();
    }

    /** At the size that is most like the present one. */
    private void aimAnew() {
        int at = allowedTop();
        while (at > 0 && track.live(at).rank() > current().rank()) at--;
        target = track.live(at);
        topLayer = ALL_LAYERS;
        if (target != current() || waitingForKeyFrame) target.wantKeyFrame();
        track.updateUse();
    }

    /** Leaves its tracks, and goes on with the one that it moves to next. */
    void rest() {
        pause();
        leave();
    }

    void leave() {
        track.unsubscribe(this);
        if (current().track != track) current().track.unsubscribe(this);
    }

    /** With the size that can be shown soonest: the largest with a key frame at hand, else the smallest. */
    private void startOver() {
        int at = allowedTop();
        while (at > 0 && !track.live(at).canCatchUp()) at--;
        target = track.live(at);
        topLayer = ALL_LAYERS;
        enter(target);
    }

    /** What comes next is of this encoding. */
    private void enter(Encoding from) {
        Encoding before = current();
        if (before != null && before.track != from.track) before.track.unsubscribe(this);
        source = (source + 1) % SOURCES;
        munger.switchSource(source);
        sources[source] = from;
        filters.begin(source);
    }

    // ---- packets

    /** @param begins the packet begins a key frame (or needs none) */
    void forward(Encoding from, RtpPacket packet, long extended, boolean begins, OutgoingPacket outgoing, long nowNs) {
        if (suspended || !downlink.connected()) return;
        if (waitingForKeyFrame || from != current()) {
            if (!begins || !begins(from)) return;
            waitingForKeyFrame = false;
            if (from != current()) change(from, extended, packet.timestamp(), nowNs);
        }
        boolean first = !munger.running();
        if (first) munger.resume(extended, packet.timestamp(), nowNs);
        boolean rewritten = filters.concern();
        if (rewritten && filters.leftOut(extended, begins, outgoing)) return;
        long out = munger.map(extended);
        if (out == StreamMunger.NONE) return;
        long timestamp = munger.timestamp(packet.timestamp());
        ByteBuf composed = outgoing.compose(
                terms.ssrc(),
                terms.payloadType(),
                (int) out & 0xFFFF,
                timestamp,
                terms.extensions(),
                mid,
                downlink.nextNumber());
        count(packet.payloadLength());
        send(composed, nowNs);
        if (rewritten) outgoing.restore();
        if (munger.onSent(extended, out, timestamp, nowNs)) resends.onLate((int) out & 0xFFFF, nowNs);
        if (first) downlink.reportSoon(nowNs);
    }

    /** Whether a key frame of this encoding is one to begin with: the wanted size, or a smaller one while there is no picture at all. */
    private boolean begins(Encoding from) {
        if (from.track != track || !takesCodec()) return false;
        return from == target || waitingForKeyFrame && from.rank() <= target.rank();
    }

    private void change(Encoding from, long extended, long timestamp, long nowNs) {
        SourceClock before = current().clock();
        boolean known = munger.running() && before.known() && from.clock().known();
        known &= from.track == current().track; // two people's clocks have nothing in common
        // Each size has timestamps of its own; their sender reports tell which of them mean the same instant.
        long same = known ? munger.newestTimestamp(before.rtpAt(from.clock().ntpAt(timestamp))) : 0;
        if (packets > 0) switches++;
        enter(from);
        if (known) munger.resume(extended, timestamp, same, nowNs);
        else munger.resume(extended, timestamp, nowNs);
        if (from == target) limit(topLayer);
        track.updateUse();
        downlink.reportSoon(nowNs);
    }

    /** A packet with padding only: not sent. False when that leaves a hole, because a packet before it is still missing: then send it. */
    boolean skip(Encoding from, long extended) {
        return from != current() || !munger.running() || munger.skip(extended);
    }

    /** Answers a subscriber's NACK of one packet out of the history of the stream that it came from. @param scratch a flyweight for the old packet */
    void resend(int sequence, RtpPacket scratch, OutgoingPacket outgoing, long nowNs) {
        // Under its old SRTP index a packet must be the same bytes, and so cannot have a new transport-wide number.
        if (terms.rtxPayloadType() < 0 && terms.extensions().transportCc() != 0) return;
        long extended = munger.unmap(sequence);
        if (extended == StreamMunger.NONE || !resends.allow(sequence, downlink.roundTrip.ns(), nowNs)) return;
        int of = munger.mappedSource();
        ByteBuf old = sources[of].recall(extended);
        if (old == null || scratch.wrap(old) != RtpPacket.Verdict.OK) return;
        if (!outgoing.load(scratch, sources[of].track.format().extensions())) return;
        if (!downlink.mayResend(scratch.length(), nowNs)) return;
        filters.again(of, scratch, outgoing);
        long timestamp = munger.timestamp(scratch.timestamp());
        sendAgain(sequence, timestamp, outgoing, nowNs);
        boolean twice = fractionLost >= HEAVY_LOSS && terms.rtxPayloadType() >= 0;
        if (twice && downlink.mayResend(scratch.length(), nowNs)) sendAgain(sequence, timestamp, outgoing, nowNs);
    }

    private void sendAgain(int sequence, long timestamp, OutgoingPacket outgoing, long nowNs) {
        ByteBuf composed = terms.rtxPayloadType() < 0
                ? outgoing.compose(terms.ssrc(), terms.payloadType(), sequence, timestamp, terms.extensions(), mid, 0)
                : outgoing.composeRtx(
                        terms.rtxSsrc(),
                        terms.rtxPayloadType(),
                        rtxSequence++ & 0xFFFF,
                        sequence,
                        timestamp,
                        terms.extensions(),
                        mid,
                        downlink.nextNumber());
        resent++;
        downlink.counters().resent++;
        send(composed, nowNs);
    }

    /**
     * One packet of padding on the stream of retransmissions, where receivers look for nothing else.
     *
     * @param train its number
     * @return bytes sent; 0 = this stream has no RTX, no numbers or has not begun
     */
    int sendPadding(OutgoingPacket outgoing, int train, long nowNs) {
        if (terms.rtxPayloadType() < 0 || terms.extensions().transportCc() == 0 || !munger.running()) return 0;
        ByteBuf packet = outgoing.composePadding(
                terms.rtxSsrc(),
                terms.rtxPayloadType(),
                rtxSequence++ & 0xFFFF,
                munger.lastTimestamp(),
                terms.extensions(),
                mid,
                downlink.nextNumber());
        int bytes = packet.readableBytes();
        downlink.numbered(bytes, train, nowNs);
        downlink.counters().packetsOut++;
        downlink.counters().bytesOut += bytes;
        downlink.outlet().sendRtp(packet);
        return bytes;
    }

    /** The subscriber says what arrived, so that his line can be estimated. */
    boolean hasFeedback() {
        return terms.extensions().transportCc() != 0;
    }

    // ---- which size, and how many of its temporal layers

    /** The encoding that is sent, or was last. */
    Encoding current() {
        return sources[source];
    }

    /** The encoding that is to be sent from its next key frame on; most of the time the present one. */
    Encoding target() {
        return target;
    }

    void wish(FeedWish value) {
        wish = value;
        settle();
    }

    FeedWish wish() {
        return wish;
    }

    /** Index of the largest live size that the wish allows. */
    private int allowedTop() {
        int at = track.liveCount() - 1;
        while (at > 0 && !allows(track.live(at))) at--;
        return at;
    }

    /** Whether the wish has nothing against this size. What is not known yet is no obstacle. */
    boolean allows(Encoding one) {
        int sizes = one.track.encodings().length;
        boolean bySize = one.rank() <= wish.size() * (sizes - 1) / FeedWish.SIZE_MAX;
        boolean byWidth = wish.maxWidth() == 0 || one.width() <= wish.maxWidth();
        boolean byHeight = wish.maxHeight() == 0 || one.height() <= wish.maxHeight();
        return bySize && byWidth && byHeight;
    }

    /** The highest rung there is: first the temporal layers of the smallest live size, then each larger size whole. */
    int topRung() {
        return allowedLayers() + allowedTop();
    }

    /** Of the layers of the smallest size the highest that the wish allows: of spatial ones as of sizes. */
    private int allowedLayers() {
        int top = track.live(0).rates().top();
        return track.spatial() ? top * wish.size() / FeedWish.SIZE_MAX : top;
    }

    /** The rung that is aimed at. */
    int rung() {
        int layers = track.live(0).rates().top();
        for (int at = track.liveCount() - 1; at > 0; at--) if (track.live(at) == target) return layers + at;
        return Math.min(topLayer, layers);
    }

    /** What a rung takes, bits per second. */
    long bits(int rung) {
        if (suspended) return 0;
        LayerRates smallest = track.live(0).rates();
        return rung <= smallest.top()
                ? smallest.upTo(rung)
                : track.live(rung - smallest.top()).rates().upTo(ALL_LAYERS);
    }

    /** Aims at this rung, at most {@link #topRung}. */
    void rung(int rung) {
        int layers = track.live(0).rates().top();
        aim(track.live(Math.max(0, rung - layers)), rung < layers ? rung : ALL_LAYERS);
    }

    /** Aims one rung lower. The line takes no more: so while a smaller size's key frame is not there yet, less is sent at once. */
    void lower() {
        rung(rung() - 1);
        if (target != current()) limit(0);
    }

    /** When the size aimed at is gone or not allowed any more: the nearest that is. */
    void settle() {
        if (track.spatial() && rung() > topRung()) rung(topRung());
        int top = allowedTop();
        for (int at = 0; at <= top; at++) if (track.live(at) == target) return;
        int at = 0;
        while (at < top && track.live(at + 1).rank() <= target.rank()) at++;
        aim(track.live(at), ALL_LAYERS);
    }

    private void aim(Encoding wanted, int layer) {
        boolean changes = wanted != target;
        target = wanted;
        topLayer = layer;
        if (wanted == current()) limit(layer);
        else if (wanted.rank() > current().rank()) limit(ALL_LAYERS);
        if (!changes) return;
        if (wanted != current()) wanted.wantKeyFrame();
        track.updateUse();
    }

    /** The highest layer of the present source to send from now on. */
    private void limit(int layer) {
        if (filters.limit(layer, current().rates().top())) current().wantKeyFrame();
    }

    /** The highest layer that goes out; {@link LayerFilters#ALL} when none is left out. */
    int layerLimit() {
        return filters.limit();
    }

    /** Share that the subscriber last reported as lost, in 1/256. */
    int fractionLost() {
        return fractionLost;
    }

    // ---- reports

    /** The publisher's clock in this stream's timestamps, so that audio and video stay together (RFC 3550 section 6.4.1); nothing while it is unknown. */
    void writeSenderReport(ByteBuf out, long nowNs) {
        SourceClock clock = current().clock();
        if (!munger.running() || !clock.known()) return;
        long ntp = clock.ntp(nowNs);
        RtcpWriter.senderReport(out, terms.ssrc(), ntp, munger.newestTimestamp(clock.rtp(nowNs)), packets, bytes, 0);
        String cname = roams() ? FeedInfo.SPEAKER : track.feed().info().participantId();
        RtcpWriter.sdesCname(out, terms.ssrc(), cname);
        reports.onSent(ntp, nowNs);
    }

    void onReceiverReport(RtcpPacket report, int block, long nowNs) {
        fractionLost = report.fractionLost(block);
        watch.onReceiverReport(report, block, track.format().clockRate());
        long sinceNs = reports.sinceNs(report.lastSenderReport(block), nowNs);
        if (sinceNs >= 0)
            downlink.roundTrip.sample(sinceNs - report.delaySinceLastSenderReport(block) * 1_000_000_000L / 65_536);
    }

    void watch(RelayRoom room, String receiverId, long nowNs) {
        watch.look(room, this, receiverId, bytes, packets, nowNs);
    }

    boolean weak() {
        return watch.weak();
    }

    RoomStats.Out stats() {
        return new RoomStats.Out(
                downlink.transportId(),
                terms.mid(),
                terms.ssrc(),
                packets,
                bytes,
                resent,
                fractionLost,
                waitingForKeyFrame(),
                filters.limited() ? topLayer : -1,
                current().rid(),
                target.rid(),
                switches,
                watch.quality(this));
    }

    private void count(int payloadBytes) {
        packets++;
        bytes += payloadBytes;
    }

    private void send(ByteBuf packet, long nowNs) {
        downlink.counters().packetsOut++;
        downlink.counters().bytesOut += packet.readableBytes();
        if (terms.extensions().transportCc() != 0) downlink.numbered(packet.readableBytes(), 0, nowNs);
        downlink.outlet().sendRtp(packet);
    }
}
