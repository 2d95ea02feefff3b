package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** One outgoing stream: a track of a feed on its way to one subscriber. */
final class Subscription {
    final Track track;
    final Downlink downlink;
    final DownTrack terms;
    private final byte[] mid;
    private final StreamMunger munger;
    private final ResendGuard resends = new ResendGuard();
    private int rtxSequence;
    private boolean waitingForKeyFrame = true;
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
        waitingForKeyFrame = true;
    }

    /** @param begins the packet begins a key frame (or needs none) */
    void forward(RtpPacket packet, long extended, boolean begins, OutgoingPacket outgoing, long nowNs) {
        if (waitingForKeyFrame) {
            if (!begins || !takesCodec()) return;
            waitingForKeyFrame = false;
        }
        if (!munger.running()) munger.resume(extended, packet.timestamp(), nowNs);
        long out = munger.map(extended);
        if (out == StreamMunger.NONE) return;
        long timestamp = munger.timestamp(packet.timestamp());
        ByteBuf composed = outgoing.compose(
                terms.ssrc(), terms.payloadType(), (int) out & 0xFFFF, timestamp, terms.extensions(), mid);
        send(composed, packet.payloadLength());
        munger.onSent(extended, out, timestamp, nowNs);
    }

    /** A packet with padding only: not sent, and no hole left where possible. */
    void skip(long extended) {
        munger.skip(extended);
    }

    /** Answers a subscriber's NACK of one packet out of the track's history. @param scratch a flyweight for the old packet */
    void resend(int sequence, RtpPacket scratch, OutgoingPacket outgoing, long nowNs) {
        long extended = munger.unmap(sequence);
        if (extended == StreamMunger.NONE || !resends.allow(sequence, nowNs)) return;
        ByteBuf old = track.recall(extended);
        if (old == null || scratch.wrap(old) != RtpPacket.Verdict.OK) return;
        if (!outgoing.load(scratch, track.format().extensions())) return;
        long timestamp = munger.timestamp(scratch.timestamp());
        ByteBuf composed = terms.rtxPayloadType() < 0
                ? outgoing.compose(terms.ssrc(), terms.payloadType(), sequence, timestamp, terms.extensions(), mid)
                : outgoing.composeRtx(
                        terms.rtxSsrc(),
                        terms.rtxPayloadType(),
                        rtxSequence++ & 0xFFFF,
                        sequence,
                        timestamp,
                        terms.extensions(),
                        mid);
        resent++;
        downlink.counters().resent++;
        send(composed, scratch.payloadLength());
    }

    /** The publisher's sender report in this stream's clock, so that audio and video stay together (RFC 3550 section 6.4.1). */
    void writeSenderReport(ByteBuf out, long ntpTime, long rtpTimestamp) {
        if (!munger.running()) return;
        RtcpWriter.senderReport(out, terms.ssrc(), ntpTime, munger.newestTimestamp(rtpTimestamp), packets, bytes, 0);
        RtcpWriter.sdesCname(out, terms.ssrc(), track.feed().info().participantId());
    }

    void onReceiverReport(RtcpPacket report, int block) {
        fractionLost = report.fractionLost(block);
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
                waitingForKeyFrame());
    }

    private void send(ByteBuf packet, int payloadBytes) {
        packets++;
        bytes += payloadBytes;
        downlink.counters().packetsOut++;
        downlink.counters().bytesOut += packet.readableBytes();
        downlink.outlet().sendRtp(packet);
    }
}
