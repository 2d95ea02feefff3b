package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The publishing side of one participant, or an ingress: its packets in, the relay's feedback out. */
public final class Uplink {
    private static final long ARRIVALS_NS = 50_000_000L;

    private final RelayRoom room;
    private final String transportId;
    private final String participantId;
    private final Outlet outlet;
    private final boolean ingress;
    private final long feedbackSsrc;
    private final SsrcTable<Track> routes = new SsrcTable<>();
    private final List<Track> tracks = new ArrayList<>();
    private final int[] nacked = new int[NackGenerator.MISSING_MAX];
    private final ArrivalLog arrivals = new ArrivalLog();
    private int transportCc;
    private long arrivalsToldNs;
    private boolean remb;
    private boolean reporting;

    Uplink(RelayRoom room, String transportId, String participantId, Outlet outlet, boolean ingress) {
        this.room = room;
        this.transportId = transportId;
        this.participantId = participantId;
        this.outlet = outlet;
        this.ingress = ingress;
        this.feedbackSsrc = room.allocateSsrc();
    }

    // ---- one packet, step by step

    /** One plain RTP packet of the publisher; it may be changed in place. */
    public void onRtp(ByteBuf packet, long nowNs) {
        RtpPacket rtp = room.rtp;
        Counters counters = room.counters;
        counters.packetsIn++;
        counters.bytesIn += packet.readableBytes();
        if (rtp.wrap(packet) != RtpPacket.Verdict.OK) {
            counters.drop(Counters.Drop.MALFORMED);
            return;
        }
        if (transportCc != 0) logArrival(rtp, nowNs); // of every packet, padding and strangers too: all took bandwidth
        Track track = route(rtp);
        if (track == null) {
            counters.drop(Counters.Drop.UNKNOWN_SSRC);
            return;
        }
        boolean repaired = rtp.payloadType() == track.format().rtxPayloadType();
        if (repaired && !track.undoRtx(rtp)) {
            counters.drop(Counters.Drop.RTX_UNUSABLE); // mostly padding, sent to probe the bandwidth
            return;
        }
        if (rtp.payloadType() != track.format().payloadType()) {
            counters.drop(Counters.Drop.UNKNOWN_SSRC); // a codec that was not agreed on, such as comfort noise
            return;
        }
        long extended = track.account(rtp, repaired, nowNs);
        if (extended < 0) {
            counters.drop(extended == SequenceWindow.DUPLICATE ? Counters.Drop.DUPLICATE : Counters.Drop.TOO_OLD);
            return;
        }
        deliver(track, rtp, extended, nowNs);
    }

    private void logArrival(RtpPacket rtp, long nowNs) {
        int at = rtp.extensionOffset(transportCc);
        if (at >= 0 && rtp.extensionLength() == 2)
            arrivals.onPacket(rtp.buffer().getUnsignedShort(at), nowNs);
    }

    private void deliver(Track track, RtpPacket rtp, long extended, long nowNs) {
        if (track.muted()) {
            room.counters.drop(Counters.Drop.MUTED);
            return;
        }
        if (rtp.payloadLength() == 0) {
            room.counters.drop(Counters.Drop.PADDING);
            track.skip(rtp, extended, room.outgoing, nowNs);
            return;
        }
        hear(track, rtp);
        if (!room.outgoing.load(rtp, track.format().extensions())) {
            room.counters.drop(Counters.Drop.TOO_LARGE);
            return;
        }
        track.remember(extended, rtp.buffer());
        track.forward(rtp, extended, room.outgoing, nowNs);
        tap(track, rtp, nowNs);
    }

    /** By SSRC; an unknown one by its MID (RFC 8843 section 9.2), or, on a connection without MIDs, by its payload type. */
    private Track route(RtpPacket rtp) {
        Track track = routes.get(rtp.ssrc());
        return track != null ? track : learn(rtp);
    }

    private Track learn(RtpPacket rtp) {
        for (Track track : tracks) {
            if (!claims(track, rtp)) continue;
            boolean rtx = rtp.payloadType() == track.format().rtxPayloadType();
            if (rtx ? track.rtxSsrc() != 0 : track.ssrc() != 0)
                return null; // another layer or a stranger: not taken in
            if (!routes.put(rtp.ssrc(), track)) return null;
            if (rtx) track.rtxSsrc(rtp.ssrc());
            else track.ssrc(rtp.ssrc());
            return track;
        }
        return null;
    }

    private boolean claims(Track track, RtpPacket rtp) {
        TrackFormat format = track.format();
        if (rtp.payloadType() != format.payloadType() && rtp.payloadType() != format.rtxPayloadType()) return false;
        int at = format.extensions().mid() == 0
                ? -1
                : rtp.extensionOffset(format.extensions().mid());
        if (at < 0) return alone(format.payloadType());
        if (rtp.extensionLength() != track.mid().length()) return false;
        for (int i = 0; i < track.mid().length(); i++) {
            if (rtp.buffer().getByte(at + i) != track.mid().charAt(i)) return false;
        }
        return true;
    }

    private boolean alone(int payloadType) {
        int same = 0;
        for (Track track : tracks) if (track.format().payloadType() == payloadType) same++;
        return same == 1;
    }

    private static void hear(Track track, RtpPacket rtp) {
        int id = track.format().extensions().audioLevel();
        if (id == 0) return;
        int at = rtp.extensionOffset(id);
        if (at >= 0) track.speech.onPacket(rtp.buffer().getByte(at) & 0x7F); // the top bit is voice activity
    }

    private void tap(Track track, RtpPacket rtp, long nowNs) {
        if (!room.tap().wanted()) return;
        rtp.ssrc(track.roomSsrc()); // last use of the packet: what it is called inside the room
        room.tap().onRtp(track.feed().info().tag(), rtp.buffer(), nowNs);
    }

    // ---- reports of the publisher

    /** One plain RTCP compound of the publisher. */
    public void onRtcp(ByteBuf compound, long nowNs) {
        room.reader.wrap(compound);
        RtcpPacket packet = room.rtcp;
        while (room.reader.next(packet)) {
            if (packet.kind() == RtcpPacket.Kind.SENDER_REPORT) onSenderReport(packet, nowNs);
        }
        if (room.reader.verdict() != dev.parley.rtp.packet.RtcpReader.Verdict.OK)
            room.counters.drop(Counters.Drop.BAD_RTCP);
    }

    private void onSenderReport(RtcpPacket report, long nowNs) {
        Track track = routes.get(report.senderSsrc());
        if (track == null || track.ssrc() != report.senderSsrc()) return;
        track.statistics().onSenderReport(report.ntpTime(), nowNs);
        track.clock().onSenderReport(report.ntpTime(), report.rtpTimestamp(), nowNs);
        if (track.muted() || !room.tap().wanted()) return;
        ByteBuf out = room.compound();
        RtcpWriter.senderReport(
                out,
                track.roomSsrc(),
                report.ntpTime(),
                report.rtpTimestamp(),
                report.senderPacketCount(),
                report.senderOctetCount(),
                0);
        room.tap().onRtcp(track.feed().info().tag(), out, nowNs);
    }

    // ---- feedback to the publisher

    /** NACKs and PLIs that are due; called after each batch and on each tick. */
    boolean sendFeedback(long nowNs) {
        boolean sent = false;
        for (int i = 0; i < tracks.size(); i++) { // no iterator: this runs after every batch
            Track track = tracks.get(i);
            if (track.ssrc() == 0) continue;
            int lost = track.dueNacks(nowNs, nacked);
            boolean pli = track.takeKeyFrameRequest(nowNs);
            if (lost == 0 && !pli) continue;
            ByteBuf out = room.compound();
            if (!ingress) RtcpWriter.receiverReport(out, feedbackSsrc, 0); // a compound begins with a report
            if (lost > 0) {
                RtcpWriter.nack(out, feedbackSsrc, track.ssrc(), nacked, lost);
                room.counters.nacksSent += lost;
            }
            if (pli) {
                RtcpWriter.pli(out, feedbackSsrc, track.ssrc());
                room.counters.plisSent++;
            }
            outlet.sendRtcp(out);
            sent = true;
        }
        return sent;
    }

    /** Which packets came, and when; every {@link #ARRIVALS_NS}. True when something was sent. */
    boolean sendArrivals(long nowNs) {
        if (transportCc == 0 || nowNs - arrivalsToldNs < ARRIVALS_NS || !arrivals.hasNews()) return false;
        arrivalsToldNs = nowNs;
        while (arrivals.hasNews()) {
            ByteBuf out = room.compound();
            RtcpWriter.receiverReport(out, feedbackSsrc, 0);
            arrivals.write(
                    out, feedbackSsrc, tracks.isEmpty() ? 0 : tracks.get(0).ssrc());
            outlet.sendRtcp(out);
        }
        return true;
    }

    /** Receiver report and REMB; once a second. With transport-wide feedback REMB is only the ceiling. */
    boolean sendReports(long maxBitsPerSecond, long nowNs) {
        if (ingress) return false;
        int blocks = 0;
        for (Track track : tracks) if (track.ssrc() != 0 && track.statistics().started()) blocks++;
        if (blocks == 0 && reporting) return false;
        ByteBuf out = room.compound();
        blocks = Math.min(blocks, RtcpWriter.COUNT_MAX);
        RtcpWriter.receiverReport(out, feedbackSsrc, blocks);
        long video = 0;
        for (Track track : tracks) {
            if (track.ssrc() == 0 || !track.statistics().started()) continue;
            if (track.format().remb()) video = track.ssrc();
            if (blocks-- > 0) track.statistics().report(out, track.ssrc(), nowNs);
        }
        RtcpWriter.sdesCname(out, feedbackSsrc, "parley");
        if (remb && video != 0) RtcpWriter.remb(out, feedbackSsrc, maxBitsPerSecond, video);
        outlet.sendRtcp(out);
        reporting = true;
        return true;
    }

    // ---- what it carries

    void take(Track track, UpTrack terms) {
        if (!tracks.contains(track)) tracks.add(track);
        track.attach(this, terms);
        if (!tracks.contains(track)) tracks.add(track); // attach lets go of the old terms first
        if (terms.ssrc() != 0) routes.put(terms.ssrc(), track);
        if (terms.rtxSsrc() != 0) routes.put(terms.rtxSsrc(), track);
        remb |= terms.format().remb();
        if (terms.format().extensions().transportCc() != 0)
            transportCc = terms.format().extensions().transportCc(); // one id in a bundle (RFC 8843 section 8)
    }

    void forget(Track track) {
        tracks.remove(track);
        if (track.ssrc() != 0) routes.remove(track.ssrc());
        if (track.rtxSsrc() != 0) routes.remove(track.rtxSsrc());
    }

    List<Track> tracks() {
        return tracks;
    }

    Outlet outlet() {
        return outlet;
    }

    public String transportId() {
        return transportId;
    }

    String participantId() {
        return participantId;
    }

    boolean ingress() {
        return ingress;
    }

    long feedbackSsrc() {
        return feedbackSsrc;
    }
}
