package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subscribing side of one participant: streams out, the subscriber's feedback in. */
public final class Downlink {
    private static final long REPORT_NS = 1_000_000_000L, SOON_NS = 200_000_000L;
    private static final long STEER_NS = 100_000_000L, RAISE_NS = 1_000_000_000L;
    private static final long RESEND_BURST_NS = 200_000_000L;
    private static final int RESEND_LEAST = 4_000;
    /** A compound with more is sent before it gets another report of up to 328 bytes (28, and a CNAME). */
    private static final int COMPOUND_BYTES = 1_000;

    private final RelayRoom room;
    private final String transportId;
    private final String participantId;
    private final Outlet outlet;
    private final SsrcTable<Subscription> streams = new SsrcTable<>();
    private final Map<String, Subscription> byMid = new LinkedHashMap<>();
    private Subscription[] list = {};
    /** To this subscriber and back, by his receiver reports. */
    final RoundTrip roundTrip = new RoundTrip();

    private final SubscriberLine line;
    private boolean connected;
    private long steeredNs;
    private long mediaBits;
    private long wantedBits;
    private long resendNs;
    private double resendBytes;
    private long resentBytes;
    private long loweredNs;
    private long reportNs;
    private int soon;

    Downlink(RelayRoom room, String transportId, String participantId, Outlet outlet) {
        this.room = room;
        this.transportId = transportId;
        this.participantId = participantId;
        this.outlet = outlet;
        this.line = new SubscriberLine(room.estimator());
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
                case TRANSPORT_CC -> line.onFeedback(packet, roundTrip.ns(), nowNs);
                case RECEIVER_REPORT, SENDER_REPORT -> onReports(packet, nowNs);
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

    /** Packets can go out from now on. What came since the latest key frame goes first; else a new one is asked for, as not every receiver does (aiortc). */
    public void onConnected(long nowNs) {
        connected = true;
        for (Subscription stream : list) {
            boolean caughtUp =
                    stream.waitingForKeyFrame() && stream.track.catchUp(stream, room.rtp, room.outgoing, nowNs);
            if (!caughtUp) stream.track.wantKeyFrame();
        }
    }

    /** Before, streams wait: what is sent to a transport without keys is lost. */
    boolean connected() {
        return connected;
    }

    private void wantKeyFrame(long ssrc) {
        Subscription stream = streams.get(ssrc);
        if (stream != null) stream.track.wantKeyFrame();
    }

    private void onReports(RtcpPacket packet, long nowNs) {
        for (int i = 0; i < packet.count(); i++) {
            Subscription stream = streams.get(packet.reportSsrc(i));
            if (stream != null) stream.onReceiverReport(packet, i, nowNs);
        }
    }

    // ---- congestion control

    /** Transport-wide number of the packet that goes out next; {@link #numbered} when it does. */
    int nextNumber() {
        return line.nextNumber();
    }

    /** @param train number of the train of padding that it belongs to; 0 = none */
    void numbered(int bytes, int train, long nowNs) {
        line.onSent(bytes, train, nowNs);
    }

    /**
     * True when a packet of this size may be sent again: what is sent again must fit beside the media into what the line takes, or it would only
     * make the queue longer that lost it. A fifth of the estimate is always left for it; without a queue there is no limit but the guard's.
     */
    boolean mayResend(int bytes, long nowNs) {
        if (!line.congested()) return true;
        long bits = Math.max(line.estimate() / 5, line.estimate() - mediaBits);
        double passed = Math.min(nowNs - resendNs, RESEND_BURST_NS) / 1e9;
        resendNs = nowNs;
        resendBytes = Math.min(resendBytes + bits / 8.0 * passed, bits / 8.0 * RESEND_BURST_NS / 1e9 + RESEND_LEAST);
        if (resendBytes < bytes) return false;
        resendBytes -= bytes;
        resentBytes += bytes;
        return true;
    }

    /** What the subscriber's line takes by his feedback, bits per second; -1 while nothing is known. */
    long estimate() {
        return line.heard() ? line.estimate() : -1;
    }

    /**
     * Fits the streams into the estimate: while they are too much, the one that gains most loses its upper temporal layer; one layer comes back when
     * there has been room for it, and a tenth more, for {@link #RAISE_NS}.
     */
    void steer(long nowNs) {
        if (!line.heard() || nowNs - steeredNs < STEER_NS) return;
        long resentBits = resentBytes * 8_000_000_000L / Math.max(STEER_NS, nowNs - steeredNs);
        resentBytes = 0;
        steeredNs = nowNs;
        long available = line.estimate();
        long needed = 0;
        boolean limited = false;
        for (Subscription stream : list) {
            LayerRates layers = stream.track.layers();
            layers.roll(nowNs);
            needed += layers.upTo(stream.topLayer());
            limited |= stream.topLayer() < layers.top();
        }
        mediaBits = needed;
        wantedBits = 0;
        if (limited)
            for (Subscription stream : list) wantedBits += stream.track.layers().upTo(Vp8Layers.LAYERS_MAX - 1);
        needed += resentBits;
        if (needed > available) {
            loweredNs = nowNs;
            while (needed > available) {
                long saved = lower();
                if (saved == 0) return;
                needed -= saved;
            }
        } else if (limited && nowNs - loweredNs >= RAISE_NS) {
            raise(available - needed, nowNs);
        }
    }

    /** While layers are left out: padding that shows whether there is room for them. True when some was sent. */
    boolean probe(long nowNs) {
        if (wantedBits == 0) return false;
        int bytes = line.probeBytes(wantedBits * 5 / 4, nowNs);
        if (bytes == 0) return false;
        for (Subscription stream : list) {
            int sent = stream.sendPadding(room.outgoing, line.train(), nowNs);
            if (sent == 0) continue;
            while (bytes > sent) bytes -= stream.sendPadding(room.outgoing, line.train(), nowNs);
            return true;
        }
        return false;
    }

    /** Takes one layer from the stream that saves most by it; bits per second, 0 = none has one to spare. */
    private long lower() {
        Subscription most = null;
        long saved = 0;
        for (Subscription stream : list) {
            LayerRates layers = stream.track.layers();
            int top = Math.min(stream.topLayer(), layers.top());
            if (top == 0) continue;
            long saves = layers.upTo(top) - layers.upTo(top - 1);
            if (saves > saved) {
                saved = saves;
                most = stream;
            }
        }
        if (most != null)
            most.topLayer(Math.min(most.topLayer(), most.track.layers().top()) - 1);
        return saved;
    }

    private void raise(long room, long nowNs) {
        Subscription least = null;
        for (Subscription stream : list) {
            if (stream.topLayer() >= stream.track.layers().top()) continue;
            if (least == null || stream.topLayer() < least.topLayer()) least = stream;
        }
        if (least == null) return;
        LayerRates layers = least.track.layers();
        long costs = layers.upTo(least.topLayer() + 1) - layers.upTo(least.topLayer());
        if (costs + costs / 10 > room) return;
        least.topLayer(least.topLayer() + 1);
        loweredNs = nowNs; // one at a time
    }

    // ---- sender reports

    /** A stream begins, or goes on after a break: the receiver wants the clock now, and once more to reckon with (libwebrtc needs two reports). */
    void reportSoon(long nowNs) {
        soon = 2;
        reportNs = nowNs;
        sendReports(nowNs);
    }

    /** Sender reports of all streams, when they are due. True when something was sent. */
    boolean sendReports(long nowNs) {
        if (nowNs - reportNs < 0 || list.length == 0) return false;
        reportNs = nowNs + (soon > 0 ? SOON_NS : REPORT_NS);
        if (soon > 0) soon--;
        ByteBuf out = room.compound();
        for (Subscription stream : list) {
            stream.writeSenderReport(out, nowNs);
            if (out.readableBytes() > COMPOUND_BYTES) out = sent(out);
        }
        if (!out.isReadable()) return false;
        outlet.sendRtcp(out);
        return true;
    }

    private ByteBuf sent(ByteBuf out) {
        outlet.sendRtcp(out);
        return room.compound();
    }

    // ---- what it carries

    void add(Subscription stream) {
        streams.put(stream.terms.ssrc(), stream);
        byMid.put(stream.terms.mid(), stream);
        list = byMid.values().toArray(Subscription[]::new);
    }

    /** Ends a stream: the subscriber hears BYE. */
    void drop(Subscription stream) {
        forget(stream);
        ByteBuf out = room.compound();
        RtcpWriter.receiverReport(out, stream.terms.ssrc(), 0);
        RtcpWriter.bye(out, stream.terms.ssrc());
        outlet.sendRtcp(out);
    }

    /** Without a word: another goes on under its SSRC. */
    void forget(Subscription stream) {
        streams.remove(stream.terms.ssrc());
        byMid.remove(stream.terms.mid(), stream);
        list = byMid.values().toArray(Subscription[]::new);
        stream.track.unsubscribe(stream);
        room.freeSsrc(stream.terms.ssrc());
        if (stream.terms.rtxSsrc() != 0) room.freeSsrc(stream.terms.rtxSsrc());
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
