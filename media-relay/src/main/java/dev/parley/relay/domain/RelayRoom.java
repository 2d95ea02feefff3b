package dev.parley.relay.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.relay.domain.congestion.GradientEstimator;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One room's media: who publishes what, and who gets it. All calls on the room's loop. */
public final class RelayRoom {
    /** Feeds, and transports of each direction, in one room. */
    public static final int FEEDS_MAX = 500, LINKS_MAX = 2_000;

    private static final long REPORTS_NS = 1_000_000_000L;
    private static final long LOOK_NS = 100_000_000L;
    private static final int RTCP_BYTES = 1_400;
    /** What every client takes. */
    private static final TrackFormat ANY_CAMERA =
            new TrackFormat(MediaKind.VIDEO, "VP8", 96, -1, 90_000, 0, "", true, false, HeaderExtensions.NONE);

    private final String roomId;
    private final ByteBufAllocator memory;
    private final TapSink tap;
    private final Entropy entropy;
    private SignalSink signals;
    private final SpeakerList speakers;
    private final DominantSpeaker floor = new DominantSpeaker();
    private final SpeechOrder speechOrder = new SpeechOrder();
    private final long maxBitsPerSecond;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    /** The same, to be walked on every tick without an iterator. */
    private final List<Feed> feedList = new ArrayList<>();

    private final Map<String, Uplink> uplinks = new LinkedHashMap<>();
    private final Map<String, Downlink> downlinks = new LinkedHashMap<>();
    private final List<Uplink> uplinkList = new ArrayList<>();
    private final List<Downlink> downlinkList = new ArrayList<>();
    private final Set<Long> ssrcs = new HashSet<>();
    private Supplier<BandwidthEstimator> estimators = GradientEstimator::new;
    private long reportsNs;
    private long speakersNs;
    private long lookNs;
    private long figuresNs;
    private long bytesIn;
    private long bytesOut;

    // Shared by all steps of a packet's way: one packet at a time is on it.
    final RtpPacket rtp = new RtpPacket();
    final RtcpPacket rtcp = new RtcpPacket();
    final Vp8Layers picture = new Vp8Layers();
    final Vp9Layers svc = new Vp9Layers();
    final RtcpReader reader = new RtcpReader();
    final OutgoingPacket outgoing;
    final Counters counters = new Counters();
    private final ByteBuf compound;

    /**
     * @param memory           for scratch buffers and histories; direct, pooled
     * @param maxBitsPerSecond what a publisher may send at most, all its video together (REMB)
     */
    public RelayRoom(
            String roomId,
            ByteBufAllocator memory,
            TapSink tap,
            SignalSink signals,
            Entropy entropy,
            long maxBitsPerSecond) {
        this.roomId = roomId;
        this.memory = memory;
        this.tap = tap;
        this.entropy = entropy;
        this.maxBitsPerSecond = maxBitsPerSecond;
        this.signals = signals;
        this.speakers = new SpeakerList(roomId, this::signals);
        this.outgoing = new OutgoingPacket(memory.directBuffer(OutgoingPacket.capacity()));
        this.compound = memory.directBuffer(RTCP_BYTES);
    }

    /** Another estimator than {@link GradientEstimator} for the subscribers that come from now on. */
    public void estimators(Supplier<BandwidthEstimator> made) {
        estimators = made;
    }

    BandwidthEstimator estimator() {
        return estimators.get();
    }

    // ---- who publishes

    /** Refuses with ROOM_LIMIT. @param ingress framed RTP from a service: no NACK, no reports, bare PLI */
    public Uplink openUplink(String transportId, String participantId, Outlet outlet, boolean ingress) {
        if (uplinks.size() >= LINKS_MAX) throw new RefusedException(ErrorCode.ROOM_LIMIT, "Too many transports.");
        var uplink = new Uplink(this, transportId, participantId, outlet, ingress);
        uplinks.put(transportId, uplink);
        uplinkList.add(uplink);
        return uplink;
    }

    /** Makes the uplink publish exactly these tracks. Feeds of other uplinks with the same id are taken over. Refuses with ROOM_LIMIT. */
    public void publish(Uplink uplink, List<FeedInfo> infos, List<UpTrack> terms) {
        for (Track track : List.copyOf(uplink.tracks())) {
            boolean kept = terms.stream()
                    .anyMatch(t -> t.kind() == track.kind()
                            && t.feedId().equals(track.feed().info().feedId()));
            if (!kept) end(track);
        }
        for (UpTrack term : terms) uplink.take(trackFor(term, infos), term);
    }

    private Track trackFor(UpTrack term, List<FeedInfo> infos) {
        FeedInfo info = infos.stream()
                .filter(i -> i.feedId().equals(term.feedId()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no info of feed " + term.feedId()));
        Feed feed = feeds.get(term.feedId());
        if (feed == null) {
            if (feeds.size() >= FEEDS_MAX) throw new RefusedException(ErrorCode.ROOM_LIMIT, "Too many feeds.");
            feed = new Feed(info, this);
            feeds.put(term.feedId(), feed);
            feedList.add(feed);
        }
        feed.info(info);
        Track track = feed.track(term.kind());
        if (track == null) {
            track = new Track(this, feed, term.kind());
            feed.track(term.kind(), track);
        }
        return track;
    }

    /** Refuses with FEED_NOT_FOUND. */
    public void control(String feedId, FeedControl control) {
        Feed feed = feed(feedId);
        Track audio = feed.track(MediaKind.AUDIO);
        Track video = feed.track(MediaKind.VIDEO);
        if (audio != null && control.audioMuted() != null) audio.mute(control.audioMuted());
        if (video != null && control.videoMuted() != null) video.mute(control.videoMuted());
    }

    /** Refuses with FEED_NOT_FOUND. */
    public void removeFeed(String feedId) {
        Feed feed = feed(feedId);
        for (MediaKind kind : MediaKind.values()) if (feed.track(kind) != null) end(feed.track(kind));
    }

    private Feed feed(String feedId) {
        Feed feed = feeds.get(feedId);
        if (feed == null) throw new RefusedException(ErrorCode.FEED_NOT_FOUND);
        return feed;
    }

    private void end(Track track) {
        track.close();
        Feed feed = track.feed();
        feed.track(track.kind(), null);
        if (!feed.isEmpty()) return;
        feeds.remove(feed.info().feedId(), feed);
        feedList.remove(feed);
    }

    // ---- who subscribes

    /** Refuses with ROOM_LIMIT. */
    public Downlink openDownlink(String transportId, String participantId, Outlet outlet) {
        if (downlinks.size() >= LINKS_MAX) throw new RefusedException(ErrorCode.ROOM_LIMIT, "Too many transports.");
        var downlink = new Downlink(this, transportId, participantId, outlet);
        downlinks.put(transportId, downlink);
        downlinkList.add(downlink);
        return downlink;
    }

    /** Makes the downlink receive exactly these tracks; streams that stay on their m-line go on, with new terms in the same numbers. */
    public void subscribe(Downlink downlink, List<DownTrack> terms) {
        for (Subscription stream : downlink.all()) {
            if (terms.stream().noneMatch(t -> goesOn(stream.terms, t))) downlink.drop(stream);
        }
        SpeakerStream speaker = downlink.speaker();
        if (speaker != null && terms.stream().noneMatch(t -> goesOn(speaker.terms, t))) downlink.dropSpeaker();
        for (DownTrack term : terms) {
            if (term.feedId().equals(FeedInfo.SPEAKER)) {
                showSpeaker(downlink, term);
                continue;
            }
            Subscription before = downlink.onMid(term.mid());
            if (before != null && before.terms.equals(term)) continue;
            if (before != null) downlink.forget(before);
            Track track = track(term.feedId(), term.kind());
            Subscription stream = track == null ? null : track.subscribe(downlink, term, entropy, before);
            if (stream == null) continue;
            ssrcs.add(term.ssrc()); // an m-line with new terms keeps its SSRC, which the old stream has just given back
            if (term.rtxSsrc() != 0) ssrcs.add(term.rtxSsrc());
            downlink.add(stream);
        }
    }

    private static boolean goesOn(DownTrack before, DownTrack term) {
        return before.ssrc() == term.ssrc() && before.mid().equals(term.mid());
    }

    /** Of several m-lines for it only the first counts. */
    private void showSpeaker(Downlink downlink, DownTrack term) {
        SpeakerStream before = downlink.speaker();
        if (before != null && !goesOn(before.terms, term)) {
            freeSsrc(term.ssrc());
            freeSsrc(term.rtxSsrc());
            return;
        }
        if (before != null && before.terms.equals(term)) return;
        downlink.speaker(
                before == null
                        ? new SpeakerStream(downlink, term, speakerFormat(downlink), entropy)
                        : new SpeakerStream(before, term));
        ssrcs.add(term.ssrc());
        if (term.rtxSsrc() != 0) ssrcs.add(term.rtxSsrc());
        downlink.speaker().follow(speechOrder);
    }

    /** How the voice-switched stream comes: as the first camera in the room, and to a subscriber who has it as he was promised. @param downlink null = a new one */
    public TrackFormat speakerFormat(Downlink downlink) {
        if (downlink != null && downlink.speaker() != null) return downlink.speaker().format;
        for (Feed feed : feedList) {
            Track video = feed.track(MediaKind.VIDEO);
            if (video != null && SpeechOrder.isCamera(video)) return video.format();
        }
        return ANY_CAMERA;
    }

    /** How a feed's track comes in, for the answer to a subscriber; null when there is none. */
    public TrackFormat format(String feedId, MediaKind kind) {
        Track track = track(feedId, kind);
        return track == null ? null : track.format();
    }

    /** Who publishes the feed; "" when there is none. */
    public String publisher(String feedId) {
        Feed feed = feeds.get(feedId);
        return feed == null ? "" : feed.info().participantId();
    }

    /** SSRC of the stream that this m-line carries now, so that a renegotiation keeps it; 0 = none. {@code rtx}: of its retransmissions. */
    public long currentSsrc(Downlink downlink, String mid, String feedId, boolean rtx) {
        DownTrack terms = downlink == null ? null : downlink.termsOn(mid);
        if (terms == null || !terms.feedId().equals(feedId)) return 0;
        return rtx ? terms.rtxSsrc() : terms.ssrc();
    }

    private Track track(String feedId, MediaKind kind) {
        Feed feed = feeds.get(feedId);
        return feed == null ? null : feed.track(kind);
    }

    // ---- ends

    /** Ends what the transport published and received. Safe to repeat. */
    public void closeLink(String transportId) {
        Uplink uplink = uplinks.remove(transportId);
        if (uplink != null) {
            uplinkList.remove(uplink);
            for (Track track : List.copyOf(uplink.tracks())) end(track);
            freeSsrc(uplink.feedbackSsrc());
        }
        forgetDownlink(transportId);
    }

    private void forgetDownlink(String transportId) {
        Downlink downlink = downlinks.remove(transportId);
        if (downlink == null) return;
        downlinkList.remove(downlink);
        downlink.all().forEach(downlink::drop);
        downlink.dropSpeaker();
    }

    /** The transport is replaced by another under the same id: its feeds wait for the new one. */
    public void detachLink(String transportId) {
        Uplink uplink = uplinks.remove(transportId);
        if (uplink != null) {
            uplinkList.remove(uplink);
            for (Track track : List.copyOf(uplink.tracks())) track.detach();
            freeSsrc(uplink.feedbackSsrc());
        }
        forgetDownlink(transportId);
    }

    /** Ends a feed that waited for a source in vain; see {@link #detachLink}. */
    public void endOrphans() {
        for (Feed feed : List.copyOf(feeds.values())) {
            for (MediaKind kind : MediaKind.values()) {
                Track track = feed.track(kind);
                if (track != null && track.source() == null) end(track);
            }
        }
    }

    public void close() {
        for (String id : List.copyOf(uplinks.keySet())) closeLink(id);
        for (String id : List.copyOf(downlinks.keySet())) closeLink(id);
        endOrphans();
        outgoing.release();
        compound.release();
    }

    // ---- time

    /** After each batch: repairs are asked for without waiting for the tick. */
    public void onBatchEnd(long nowNs) {
        for (int i = 0; i < uplinkList.size(); i++) uplinkList.get(i).sendFeedback(nowNs);
    }

    /** Every 20 ms or so. */
    public void tick(long nowNs) {
        boolean reports = nowNs - reportsNs >= REPORTS_NS;
        if (reports) reportsNs = nowNs;
        for (int i = 0; i < uplinkList.size(); i++) {
            Uplink uplink = uplinkList.get(i);
            boolean sent = uplink.sendFeedback(nowNs);
            sent |= uplink.sendArrivals(nowNs);
            if (reports) sent |= uplink.sendReports(maxBitsPerSecond, nowNs);
            if (sent) uplink.outlet().flush();
        }
        if (nowNs - lookNs >= LOOK_NS) {
            lookNs = nowNs;
            for (int i = 0; i < feedList.size(); i++) look(feedList.get(i), nowNs);
        }
        for (int i = 0; i < downlinkList.size(); i++) {
            Downlink downlink = downlinkList.get(i);
            downlink.steer(nowNs);
            downlink.watch(nowNs);
            boolean sent = downlink.probe(nowNs);
            sent |= downlink.sendReports(nowNs);
            if (sent) downlink.outlet().flush();
        }
        listen(nowNs);
    }

    private void listen(long nowNs) {
        for (int i = 0; i < feedList.size(); i++) {
            Track audio = feedList.get(i).audio();
            if (audio == null) continue;
            if (audio.muted()) audio.activity.silence();
            audio.activity.roll(nowNs);
        }
        floor.look(feedList);
        speechOrder.look(feedList, floor.present());
        for (int i = 0; i < downlinkList.size(); i++) downlinkList.get(i).select(speechOrder);
        if (nowNs - speakersNs < SpeechLevel.WINDOW_NS) return;
        speakersNs = nowNs;
        speakers.look(feedList, floor.present(), nowNs);
    }

    private static void look(Feed feed, long nowNs) {
        boolean metered = look(feed.track(MediaKind.AUDIO), nowNs);
        metered |= look(feed.track(MediaKind.VIDEO), nowNs);
        if (metered) feed.watch.look(feed, nowNs);
    }

    private static boolean look(Track track, long nowNs) {
        if (track == null) return false;
        track.look(nowNs);
        return track.metered();
    }

    // ---- what the parts need

    /** The room has another place, which speaks for it from now on. */
    public void silence() {
        signals = SignalSink.NONE;
    }

    SignalSink signals() {
        return signals;
    }

    TapSink tap() {
        return tap;
    }

    /** The room's one RTCP scratch buffer, emptied. */
    ByteBuf compound() {
        return compound.clear();
    }

    ByteBuf buffer(int bytes) {
        return memory.directBuffer(bytes, bytes);
    }

    /** A number that no stream of this room uses. */
    public long allocateSsrc() {
        while (true) {
            long ssrc = entropy.nextInt() & 0xFFFF_FFFFL;
            if (ssrc != 0 && ssrcs.add(ssrc)) return ssrc;
        }
    }

    void freeSsrc(long ssrc) {
        ssrcs.remove(ssrc);
    }

    public String roomId() {
        return roomId;
    }

    public int feedCount() {
        return feeds.size();
    }

    public int linkCount() {
        return uplinks.size() + downlinks.size();
    }

    /** Asks the publishers of all feeds whose tag starts so for a key frame: somebody begins to look. */
    public void wantKeyFrames(String tagPrefix) {
        for (Feed feed : feeds.values()) {
            Track video = feed.track(MediaKind.VIDEO);
            if (video != null && feed.info().tag().startsWith(tagPrefix)) video.tapped.wantKeyFrame();
        }
    }

    /** Adds what was counted since the last call. */
    public void drainCounters(Counters sum) {
        bytesIn += counters.bytesIn;
        bytesOut += counters.bytesOut;
        counters.drainInto(sum);
    }

    /** The room in a few numbers; rates since the last call. */
    public RoomFigures figures(long nowNs) {
        var figures = new RoomFigures.Builder();
        for (Downlink downlink : downlinkList) downlink.figure(figures);
        for (Feed feed : feedList) feed.figure(figures);
        double seconds = Math.max(1e-3, (nowNs - figuresNs) / 1e9);
        boolean first = figuresNs == 0;
        var made = figures.build(
                roomId, feeds.size(), first ? 0 : 8 * bytesIn / seconds, first ? 0 : 8 * bytesOut / seconds);
        figuresNs = nowNs;
        bytesIn = bytesOut = 0;
        return made;
    }

    /** Why each subscriber gets what he gets. */
    public RoomDebug debug() {
        return new RoomDebug(roomId, downlinkList.stream().map(Downlink::debug).toList());
    }

    public RoomStats stats(long nowNs) {
        List<RoomStats.FeedStats> feedStats = new ArrayList<>();
        for (Feed feed : feeds.values()) {
            List<RoomStats.In> tracks = new ArrayList<>();
            for (MediaKind kind : MediaKind.values()) {
                if (feed.track(kind) != null) tracks.add(feed.track(kind).stats(nowNs));
            }
            feedStats.add(new RoomStats.FeedStats(feed.info(), tracks));
        }
        List<RoomStats.LinkStats> links = new ArrayList<>();
        for (Uplink link : uplinks.values())
            links.add(new RoomStats.LinkStats(
                    link.transportId(),
                    link.participantId(),
                    link.ingress() ? "ingress" : "up",
                    link.tracks().size(),
                    -1));
        for (Downlink link : downlinks.values())
            links.add(new RoomStats.LinkStats(
                    link.transportId(), link.participantId(), "down", link.all().size(), link.estimate()));
        return new RoomStats(roomId, feedStats, links, tap.wanted());
    }
}
