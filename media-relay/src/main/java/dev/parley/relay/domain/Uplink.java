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
    private final SsrcTable<Encoding> routes = new SsrcTable<>();
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
        Encoding from = route(rtp);
        if (from == null) {
            counters.drop(Counters.Drop.UNKNOWN_SSRC);
            return;
        }
        TrackFormat format = from.track.format();
        boolean repaired = rtp.payloadType() == format.rtxPayloadType();
        if (repaired && !from.undoRtx(rtp)) {
            counters.drop(Counters.Drop.RTX_UNUSABLE); // mostly padding, sent to probe the bandwidth
            return;
        }
        if (rtp.payloadType() != format.payloadType()) {
            counters.drop(Counters.Drop.UNKNOWN_SSRC); // a codec that was not agreed on, such as comfort noise
            return;
        }
        long extended = from.account(rtp, repaired, nowNs);
        if (extended < 0) {
            counters.drop(extended == SequenceWindow.DUPLICATE ? Counters.Drop.DUPLICATE : Counters.Drop.TOO_OLD);
            return;
        }
        deliver(from, rtp, extended, nowNs);
    }

    private void logArrival(RtpPacket rtp, long nowNs) {
        int at = rtp.extensionOffset(transportCc);
        if (at >= 0 && rtp.extensionLength() == 2)
            arrivals.onPacket(rtp.buffer().getUnsignedShort(at), nowNs);
    }

    private void deliver(Encoding from, RtpPacket rtp, long extended, long nowNs) {
        Track track = from.track;
        if (track.muted()) {
            room.counters.drop(Counters.Drop.MUTED);
            return;
        }
        if (rtp.payloadLength() == 0) {
            room.counters.drop(Counters.Drop.PADDING);
            track.skip(from, rtp, extended, room.outgoing, nowNs);
            return;
        }
        hear(track, rtp);
        if (!room.outgoing.load(rtp, track.format().extensions())) {
            room.counters.drop(Counters.Drop.TOO_LARGE);
            return;
        }
        from.remember(extended, rtp.buffer());
        boolean begins = track.keyFrames().begins(rtp);
        track.forward(from, rtp, extended, begins, room.outgoing, nowNs);
        if (track.tapped.takes(from, begins)) tap(track, rtp, nowNs);
    }

    /** By SSRC; an unknown one by its MID (RFC 8843 section 9.2) and RID, or, on a connection without MIDs, by its payload type. */
    private Encoding route(RtpPacket rtp) {
        Encoding from = routes.get(rtp.ssrc());
        return from != null ? from : learn(rtp);
    }

    private Encoding learn(RtpPacket rtp) {
        for (Track track : tracks) {
            if (!claims(track, rtp)) continue;
            boolean rtx = rtp.payloadType() == track.format().rtxPayloadType();
            Encoding one = named(track, rtp, rtx);
            if (one == null || (rtx ? one.rtxSsrc() != 0 : one.ssrc() != 0))
                return null; // another layer or a stranger: not taken in
            if (!routes.put(rtp.ssrc(), one)) return null;
            if (rtx) one.rtxSsrc(rtp.ssrc());
            else one.ssrc(rtp.ssrc());
            return one;
        }
        return null;
    }

    /** Of a simulcast the encoding that the packet names (RFC 8852); null when it names none. */
    private static Encoding named(Track track, RtpPacket rtp, boolean rtx) {
        if (!track.simulcast()) return track.encodings()[0];
        HeaderExtensions ids = track.format().extensions();
        int id = rtx ? ids.repairedRid() : ids.rid();
        int at = id == 0 ? -1 : rtp.extensionOffset(id);
        if (at < 0) return null;
        for (Encoding one : track.encodings()) if (isText(rtp, at, one.rid())) return one;
        return null;
    }

    private static boolean isText(RtpPacket rtp, int at, String text) {
        if (rtp.extensionLength() != text.length()) return false;
        for (int i = 0; i < text.length(); i++) if (rtp.buffer().getByte(at + i) != text.charAt(i)) return false;
        return true;
    }

    private boolean claims(Track track, RtpPacket rtp) {
        TrackFormat format = track.format();
        if (rtp.payloadType() != format.payloadType() && rtp.payloadType() != format.rtxPayloadType()) return false;
        int at = format.extensions().mid() == 0
                ? -1
                : rtp.extensionOffset(format.extensions().mid());
        if (at < 0) return alone(format.payloadType());
        return isText(rtp, at, track.mid());
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
        if (at < 0) return;
        int level = rtp.buffer().getByte(at) & 0x7F; // the top bit is voice activity
        track.speech.onPacket(level);
        track.activity.onPacket(level);
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
        Encoding from = routes.get(report.senderSsrc());
        if (from == null || from.ssrc() != report.senderSsrc()) return;
        from.statistics().onSenderReport(report.ntpTime(), nowNs);
        from.clock().onSenderReport(report.ntpTime(), report.rtpTimestamp(), nowNs);
        Track track = from.track;
        if (track.muted() || !room.tap().wanted() || track.tapped.encoding() != from) return;
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
            for (Encoding one : tracks.get(i).encodings()) sent |= one.ssrc() != 0 && sendFeedback(one, nowNs);
        }
        return sent;
    }

    private boolean sendFeedback(Encoding one, long nowNs) {
        int lost = one.dueNacks(nowNs, nacked);
        boolean pli = one.track.takeKeyFrameRequest(one, nowNs);
        if (lost == 0 && !pli) return false;
        ByteBuf out = room.compound();
        if (!ingress) RtcpWriter.receiverReport(out, feedbackSsrc, 0); // a compound begins with a report
        if (lost > 0) {
            RtcpWriter.nack(out, feedbackSsrc, one.ssrc(), nacked, lost);
            room.counters.nacksSent += lost;
        }
        if (pli) {
            RtcpWriter.pli(out, feedbackSsrc, one.ssrc());
            room.counters.plisSent++;
        }
        outlet.sendRtcp(out);
        return true;
    }

    /** Which packets came, and when; every {@link #ARRIVALS_NS}. True when something was sent. */
    boolean sendArrivals(long nowNs) {
        if (transportCc == 0 || nowNs - arrivalsToldNs < ARRIVALS_NS || !arrivals.hasNews()) return false;
        arrivalsToldNs = nowNs;
        while (arrivals.hasNews()) {
            ByteBuf out = room.compound();
            RtcpWriter.receiverReport(out, feedbackSsrc, 0);
            arrivals.write(
                    out,
                    feedbackSsrc,
                    tracks.isEmpty() ? 0 : tracks.get(0).encodings()[0].ssrc());
            outlet.sendRtcp(out);
        }
        return true;
    }

    /** Receiver report and REMB; once a second. With transport-wide feedback REMB is only the ceiling. */
    boolean sendReports(long maxBitsPerSecond, long nowNs) {
        if (ingress) return false;
        int blocks = 0;
        for (Track track : tracks) for (Encoding one : track.encodings()) if (reportable(one)) blocks++;
        if (blocks == 0 && reporting) return false;
        ByteBuf out = room.compound();
        blocks = Math.min(blocks, RtcpWriter.COUNT_MAX);
        RtcpWriter.receiverReport(out, feedbackSsrc, blocks);
        long video = 0;
        for (Track track : tracks) {
            for (Encoding one : track.encodings()) {
                if (!reportable(one)) continue;
                if (track.format().remb()) video = one.ssrc();
                if (blocks-- > 0) one.statistics().report(out, one.ssrc(), nowNs);
            }
        }
        RtcpWriter.sdesCname(out, feedbackSsrc, "parley");
        if (remb && video != 0) RtcpWriter.remb(out, feedbackSsrc, maxBitsPerSecond, video);
        outlet.sendRtcp(out);
        reporting = true;
        return true;
    }

    private static boolean reportable(Encoding one) {
        return one.ssrc() != 0 && one.statistics().started();
    }

    // ---- what it carries

    void take(Track track, UpTrack terms) {
        if (!tracks.contains(track)) tracks.add(track);
        track.attach(this, terms);
        if (!tracks.contains(track)) tracks.add(track); // attach lets go of the old terms first
        for (Encoding one : track.encodings()) {
            if (one.ssrc() != 0) routes.put(one.ssrc(), one);
            if (one.rtxSsrc() != 0) routes.put(one.rtxSsrc(), one);
        }
        remb |= terms.format().remb();
        if (terms.format().extensions().transportCc() != 0)
            transportCc = terms.format().extensions().transportCc(); // one id in a bundle (RFC 8843 section 8)
    }

    void forget(Track track) {
        tracks.remove(track);
        for (Encoding one : track.encodings()) {
            if (one.ssrc() != 0) routes.remove(one.ssrc());
            if (one.rtxSsrc() != 0) routes.remove(one.rtxSsrc());
        }
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
