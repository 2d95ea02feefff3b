package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** One outgoing stream: a track of a feed on its way to one subscriber. */
final class Subscription {
    /** Share lost, in 1/256, from which on a retransmission is sent twice: it would be lost too often. */
    private static final int HEAVY_LOSS = 64;

    final Track track;
    final Downlink downlink;
    final DownTrack terms;
    private final byte[] mid;
    private final StreamMunger munger;
    private final ResendGuard resends = new ResendGuard();
    private final SentReports reports = new SentReports();
    private int rtxSequence;
    private boolean waitingForKeyFrame = true;
    private TemporalFilter temporal;
    private int topLayer = Vp8Layers.LAYERS_MAX - 1;
    private int fractionLost;
    long packets;
    long bytes;
    long resent;

    Subscription(Track track, Downlink downlink, DownTrack terms, Entropy entropy) {
        this.track = track;
        this.downlink = downlink;
        this.terms = terms;
        this.mid = terms.mid().getBytes(StandardCharsets.US_ASCII);
        this.munger = new StreamMunger(track.format().clockRate(), entropy.nextInt() & 0x7FFF, entropy.nextInt());
        this.rtxSequence = entropy.nextInt() & 0x7FFF;
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
        this.fractionLost = before.fractionLost;
        this.temporal = before.temporal;
        this.topLayer = before.topLayer;
        this.waitingForKeyFrame = before.waitingForKeyFrame || !terms.codec().equalsIgnoreCase(before.terms.codec());
        if (waitingForKeyFrame) munger.pause();
    }

    /** True while nothing can be shown before the next key frame. */
    boolean waitingForKeyFrame() {
        return waitingForKeyFrame && track.keyFrames() != KeyFrames.ANY && takesCodec();
    }

    /** False after the publisher has come back with another codec: the subscriber must negotiate again. */
    private boolean takesCodec() {
        return terms.codec().equalsIgnoreCase(track.format().codec());
    }

    /** The track was muted; what comes after goes on without a hole. */
    void pause() {
        munger.pause();
        waitingForKeyFrame = true;
    }

    void onSourceReplaced() {
        munger.replaceSource();
        temporal = null; // another encoder with other picture ids, which begins with a key frame
        topLayer = Vp8Layers.LAYERS_MAX - 1;
        waitingForKeyFrame = true;
    }

    /** @param begins the packet begins a key frame (or needs none) */
    void forward(RtpPacket packet, long extended, boolean begins, OutgoingPacket outgoing, long nowNs) {
        if (!downlink.connected()) return;
        if (waitingForKeyFrame) {
            if (!begins || !takesCodec()) return;
            waitingForKeyFrame = false;
        }
        boolean first = !munger.running();
        if (first) munger.resume(extended, packet.timestamp(), nowNs);
        if (temporal != null && leftOut(extended, begins, outgoing)) return;
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
        if (temporal != null) outgoing.restore();
        if (munger.onSent(extended, out, timestamp, nowNs)) resends.onLate((int) out & 0xFFFF, nowNs);
        if (first) downlink.reportSoon(nowNs);
    }

    /** True when the packet is left out with its layer. Else the packet to compose is prepared: another picture id, or a filler in its place. */
    private boolean leftOut(long extended, boolean begins, OutgoingPacket outgoing) {
        Vp8Layers picture = track.picture();
        if (!picture.layered()) return false;
        int id = temporal.pictureId(picture, munger.skippable(extended), begins);
        if (id != TemporalFilter.LEFT_OUT) outgoing.pictureId(picture.pictureIdAt(), id, picture.wide());
        else if (munger.skip(extended)) return true;
        else outgoing.filler();
        return false;
    }

    /** The highest temporal layer to send from now on, 0 to 3. Means nothing where the publisher makes none. */
    void topLayer(int layer) {
        topLayer = layer;
        if (temporal == null) {
            if (layer >= track.topLayer()) return;
            temporal = new TemporalFilter();
        }
        temporal.target(layer);
    }

    int topLayer() {
        return topLayer;
    }

    /** A packet with padding only: not sent. False when that leaves a hole, because a packet before it is still missing: then send it. */
    boolean skip(long extended) {
        return !munger.running() || munger.skip(extended);
    }

    /** Answers a subscriber's NACK of one packet out of the track's history. @param scratch a flyweight for the old packet */
    void resend(int sequence, RtpPacket scratch, OutgoingPacket outgoing, long nowNs) {
        // Under its old SRTP index a packet must be the same bytes, and so cannot have a new transport-wide number.
        if (terms.rtxPayloadType() < 0 && terms.extensions().transportCc() != 0) return;
        long extended = munger.unmap(sequence);
        if (extended == StreamMunger.NONE || !resends.allow(sequence, downlink.roundTrip.ns(), nowNs)) return;
        ByteBuf old = track.recall(extended);
        if (old == null || scratch.wrap(old) != RtpPacket.Verdict.OK) return;
        if (!outgoing.load(scratch, track.format().extensions())) return;
        if (!downlink.mayResend(scratch.length(), nowNs)) return;
        if (temporal != null && track.picture(scratch).layered()) {
            int id = temporal.pictureIdAgain(track.picture());
            if (id == TemporalFilter.LEFT_OUT) outgoing.filler();
            else
                outgoing.pictureId(
                        track.picture().pictureIdAt(), id, track.picture().wide());
        }
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

    /** The publisher's clock in this stream's timestamps, so that audio and video stay together (RFC 3550 section 6.4.1); nothing while it is unknown. */
    void writeSenderReport(ByteBuf out, long nowNs) {
        SourceClock clock = track.clock();
        if (!munger.running() || !clock.known()) return;
        long ntp = clock.ntp(nowNs);
        RtcpWriter.senderReport(out, terms.ssrc(), ntp, munger.newestTimestamp(clock.rtp(nowNs)), packets, bytes, 0);
        RtcpWriter.sdesCname(out, terms.ssrc(), track.feed().info().participantId());
        reports.onSent(ntp, nowNs);
    }

    void onReceiverReport(RtcpPacket report, int block, long nowNs) {
        fractionLost = report.fractionLost(block);
        long sinceNs = reports.sinceNs(report.lastSenderReport(block), nowNs);
        if (sinceNs >= 0)
            downlink.roundTrip.sample(sinceNs - report.delaySinceLastSenderReport(block) * 1_000_000_000L / 65_536);
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
                temporal == null ? -1 : topLayer);
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
