package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subscribing side of one participant: streams out, the subscriber's feedback in. */
public final class Downlink {
    private static final long REPORT_NS = 1_000_000_000L, SOON_NS = 200_000_000L;
    private static final long STEER_NS = 100_000_000L, RAISE_NS = 1_000_000_000L;
    private static final int ALL = Integer.MAX_VALUE;
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
    /** Null when he has not subscribed to it. */
    private SpeakerStream speaker;

    /** To this subscriber and back, by his receiver reports. */
    final RoundTrip roundTrip = new RoundTrip();

    private final SubscriberLine line;
    private final Map<String, FeedWish> wishes = new HashMap<>();
    private int cameras = ALL;
    private int voices = ALL;
    private boolean connected;
    private long steeredNs;
    private long mediaBits;
    private long wantedBits;
    private long resendNs;
    private double resendBytes;
    private long resentBytes;
    /** When a stream was last lowered or raised; 0 = never yet. */
    private long changedNs;

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
                    stream.waitingForKeyFrame() && stream.track().catchUp(stream, room.rtp, room.outgoing, nowNs);
            if (!caughtUp) stream.wantKeyFrame();
        }
    }

    /** Before, streams wait: what is sent to a transport without keys is lost. */
    boolean connected() {
        return connected;
    }

    private void wantKeyFrame(long ssrc) {
        Subscription stream = streams.get(ssrc);
        if (stream != null) stream.wantKeyFrame();
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
     * Fits the streams into the estimate, by the rungs of {@link Subscription#rung}: while they are too much, of those with the lowest priority the one
     * that gains most goes down a rung; one goes up when there has been room for it, and a tenth more, for {@link #RAISE_NS} (at the start at once).
     * Without feedback everybody gets what he wishes.
     */
    void steer(long nowNs) {
        if (nowNs - steeredNs < STEER_NS) return;
        for (Subscription stream : list) stream.settle();
        long resentBits = resentBytes * 8_000_000_000L / Math.max(STEER_NS, nowNs - steeredNs);
        resentBytes = 0;
        steeredNs = nowNs;
        if (!line.heard()) {
            for (Subscription stream : list) if (!stream.hasFeedback()) stream.rung(stream.topRung());
            return;
        }
        long available = line.estimate();
        long needed = 0;
        boolean limited = false;
        for (Subscription stream : list) {
            needed += stream.bits(stream.rung());
            limited |= stream.rung() < stream.topRung();
        }
        mediaBits = needed;
        wantedBits = 0;
        if (limited) for (Subscription stream : list) wantedBits += stream.bits(stream.topRung());
        needed += resentBits;
        if (needed > available) {
            changedNs = nowNs;
            while (needed > available) {
                long saved = lower();
                if (saved == 0) return;
                needed -= saved;
            }
        } else if (limited && (changedNs == 0 || nowNs - changedNs >= RAISE_NS)) {
            boolean many = changedNs == 0; // nothing is known to be too much yet
            long costs;
            do {
                costs = raise(available - needed);
                needed += costs;
                if (costs > 0 && !many) changedNs = nowNs; // one at a time
            } while (many && costs > 0);
        }
    }

    /** Looks once a second how well each stream gets through. */
    void watch(long nowNs) {
        for (Subscription stream : list) stream.watch(room, participantId, nowNs);
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

    /** Takes one rung from the stream that saves most by it, of those with the lowest priority; bits per second, 0 = none has one to spare. */
    private long lower() {
        Subscription most = null;
        long saved = 0;
        for (Subscription stream : list) {
            int rung = stream.rung();
            if (rung == 0) continue;
            long saves = stream.bits(rung) - stream.bits(rung - 1);
            if (saves <= 0) continue;
            int order = most == null
                    ? -1
                    : Integer.compare(stream.wish().priority(), most.wish().priority());
            if (order < 0 || order == 0 && saves > saved) {
                saved = saves;
                most = stream;
            }
        }
        if (most != null) most.lower();
        return saved;
    }

    /** Gives one rung to the lowest stream of those with the highest priority, when there is room for it; the bits per second that it takes, 0 = none. */
    private long raise(long room) {
        Subscription least = null;
        for (Subscription stream : list) {
            if (stream.rung() >= stream.topRung()) continue;
            int order = least == null
                    ? 1
                    : Integer.compare(stream.wish().priority(), least.wish().priority());
            if (order > 0 || order == 0 && stream.rung() < least.rung()) least = stream;
        }
        if (least == null) return 0;
        long costs = Math.max(0, least.bits(least.rung() + 1) - least.bits(least.rung()));
        if (costs + costs / 10 > room) return 0;
        least.rung(least.rung() + 1);
        return Math.max(1, costs);
    }

    /** What the streams take as they are aimed at now, bits per second. */
    long mediaBits() {
        return mediaBits;
    }

    RoomDebug.Subscriber debug() {
        long wanted = 0;
        List<RoomDebug.Stream> streams = new ArrayList<>();
        for (Subscription stream : list) {
            wanted += stream.bits(stream.topRung());
            streams.add(Explanation.of(this, stream));
        }
        return new RoomDebug.Subscriber(
                transportId,
                participantId,
                connected,
                estimate(),
                mediaBits,
                wanted,
                line.congested(),
                roundTrip.ns() / 1_000_000,
                streams);
    }

    /** Adds what there is to tell of this subscriber. */
    void figure(RoomFigures.Builder figures) {
        figures.subscriber(estimate(), roundTrip.ns());
        for (Subscription stream : list)
            figures.stream(stream.rung() < stream.topRung(), stream.fractionLost(), stream.weak());
    }

    // ---- what the subscriber wishes

    /** How the subscriber wants this feed; {@link FeedWish#none} where he has not said. */
    FeedWish wish(String feedId) {
        FeedWish wish = wishes.get(feedId);
        return wish == null ? FeedWish.none(feedId) : wish;
    }

    /** Heeded from now on, also for feeds that are subscribed later. Beyond {@link RelayRoom#FEEDS_MAX} feeds the wish is not taken. */
    public void wish(FeedWish wish) {
        if (wishes.size() >= RelayRoom.FEEDS_MAX && !wishes.containsKey(wish.feedId())) return;
        wishes.put(wish.feedId(), wish);
        for (Subscription stream : list) if (stream.terms.feedId().equals(wish.feedId())) stream.wish(wish);
    }

    /** How many streams he gets at most, of each kind by speech; 0 = all. See {@link SpeechOrder}. */
    public void limit(int mostCameras, int mostVoices) {
        cameras = mostCameras == 0 ? ALL : mostCameras;
        voices = mostVoices == 0 ? ALL : mostVoices;
    }

    public int cameras() {
        return cameras == ALL ? 0 : cameras;
    }

    public int voices() {
        return voices == ALL ? 0 : voices;
    }

    /** Suspends and resumes streams as the room's speech has changed. */
    void select(SpeechOrder order) {
        if (speaker != null) speaker.follow(order);
        for (Subscription stream : list) {
            if (stream.roams()) continue;
            boolean video = stream.track().kind() == MediaKind.VIDEO;
            stream.suspended(stream.track().speechRank >= (video ? cameras : voices));
        }
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
        if (speaker != null && speaker.is(stream)) {
            dropSpeaker();
            return;
        }
        forget(stream);
        bye(stream.terms.ssrc());
    }

    private void bye(long ssrc) {
        ByteBuf out = room.compound();
        RtcpWriter.receiverReport(out, ssrc, 0);
        RtcpWriter.bye(out, ssrc);
        outlet.sendRtcp(out);
    }

    /** One of its tracks is over. */
    void onTrackEnd(Subscription stream, Track ended) {
        if (speaker != null && speaker.is(stream)) speaker.onTrackEnd(ended);
        else drop(stream);
    }

    // ---- the voice-switched stream

    /** Null when he has not subscribed to it. */
    SpeakerStream speaker() {
        return speaker;
    }

    /** Begins it, or goes on with it under new terms. */
    void speaker(SpeakerStream value) {
        speaker = value;
    }

    /** The subscriber hears BYE. */
    void dropSpeaker() {
        if (speaker == null) return;
        speaker.rest();
        free(speaker.terms);
        bye(speaker.terms.ssrc());
        speaker = null;
    }

    /** Sends nothing of it for the time being. */
    void rest(Subscription stream) {
        streams.remove(stream.terms.ssrc());
        byMid.remove(stream.terms.mid(), stream);
        list = byMid.values().toArray(Subscription[]::new);
    }

    private void free(DownTrack terms) {
        room.freeSsrc(terms.ssrc());
        if (terms.rtxSsrc() != 0) room.freeSsrc(terms.rtxSsrc());
    }

    /** Without a word: another goes on under its SSRC. */
    void forget(Subscription stream) {
        rest(stream);
        stream.leave();
        free(stream.terms);
    }

    /** Null when nothing is sent on this m-line. */
    Subscription onMid(String mid) {
        return byMid.get(mid);
    }

    /** What was agreed for this m-line; null when nothing is sent on it. */
    DownTrack termsOn(String mid) {
        if (speaker != null && speaker.terms.mid().equals(mid)) return speaker.terms;
        Subscription stream = byMid.get(mid);
        return stream == null ? null : stream.terms;
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
