package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscribing side of one participant: streams out, the subscriber's feedback in. */
public final class Downlink {
    private final RelayRoom room;
    private final String transportId;
    private final String participantId;
    private final Outlet outlet;
    private final SsrcTable<Subscription> streams = new SsrcTable<>();
    private final Map<String, Subscription> byMid = new HashMap<>();

    Downlink(RelayRoom room, String transportId, String participantId, Outlet outlet) {
        this.room = room;
        this.transportId = transportId;
        this.participantId = participantId;
        this.outlet = outlet;
    }

    /** One plain RTCP compound of the subscriber. */
    public void onRtcp(ByteBuf compound, long nowNs) {
        room.reader.wrap(compound);
        RtcpPacket packet = room.rtcp;
        while (room.reader.next(packet)) {
            switch (packet.kind()) {
                case NACK -> onNack(packet, nowNs);
                case PLI -> wantKeyFrame(packet.mediaSsrc());
                case FIR -> {
                    for (int i = 0; i < packet.firCount(); i++) wantKeyFrame(packet.firSsrc(i));
                }
                case RECEIVER_REPORT, SENDER_REPORT -> onReports(packet);
                default -> {} // SDES, BYE and what was not agreed on
            }
        }
        if (room.reader.verdict() != RtcpReader.Verdict.OK) room.counters.drop(Counters.Drop.BAD_RTCP);
    }

    private void onNack(RtcpPacket nack, long nowNs) {
        Subscription stream = streams.get(nack.mediaSsrc());
        if (stream == null) return;
        for (int i = 0; i < nack.nackCount(); i++) {
            int sequence = nack.nackPid(i);
            stream.resend(sequence, room.rtp, room.outgoing, nowNs);
            for (int bits = nack.nackBitmask(i); bits != 0; bits &= bits - 1) {
                int lost = sequence + 1 + Integer.numberOfTrailingZeros(bits) & 0xFFFF;
                stream.resend(lost, room.rtp, room.outgoing, nowNs);
            }
        }
    }

    /** Packets can go out from now on. Key frames sent before are lost, and not every receiver asks for another (aiortc does not). */
    public void onConnected() {
        for (Subscription stream : byMid.values()) stream.track.wantKeyFrame();
    }

    private void wantKeyFrame(long ssrc) {
        Subscription stream = streams.get(ssrc);
        if (stream != null) stream.track.wantKeyFrame();
    }

    private void onReports(RtcpPacket packet) {
        for (int i = 0; i < packet.count(); i++) {
            Subscription stream = streams.get(packet.reportSsrc(i));
            if (stream != null) stream.onReceiverReport(packet, i);
        }
    }

    // ---- what it carries

    void add(Subscription stream) {
        streams.put(stream.terms.ssrc(), stream);
        byMid.put(stream.terms.mid(), stream);
    }

    /** Ends a stream: the subscriber hears BYE. */
    void drop(Subscription stream) {
        streams.remove(stream.terms.ssrc());
        byMid.remove(stream.terms.mid(), stream);
        stream.track.unsubscribe(stream);
        room.freeSsrc(stream.terms.ssrc());
        if (stream.terms.rtxSsrc() != 0) room.freeSsrc(stream.terms.rtxSsrc());
        ByteBuf out = room.compound();
        RtcpWriter.receiverReport(out, stream.terms.ssrc(), 0);
        RtcpWriter.bye(out, stream.terms.ssrc());
        outlet.sendRtcp(out);
    }

    /** Null when nothing is sent on this m-line. */
    Subscription onMid(String mid) {
        return byMid.get(mid);
    }

    List<Subscription> all() {
        return new ArrayList<>(byMid.values());
    }

    Outlet outlet() {
        return outlet;
    }

    Counters counters() {
        return room.counters;
    }

    public String transportId() {
        return transportId;
    }

    String participantId() {
        return participantId;
    }
}
