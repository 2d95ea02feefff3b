package dev.parley.relay.rooms;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.relay.domain.AnswerPlan;
import dev.parley.relay.domain.Downlink;
import dev.parley.relay.domain.OfferAnswer;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.RoomFigures;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.relay.tap.RoomTap;
import dev.parley.relay.transport.MediaLoop;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.RemoteTransport;
import dev.parley.relay.transport.TransportState;
import dev.parley.rtp.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A room with its transports, on its loop: all methods but the constructor are to be called there. */
final class RunningRoom {
    static final long TICK_MS = 20;
    /** A transport that failed or was closed from afar is forgotten after this time, if nobody has replaced or deleted it. */
    static final long LINGER_MS = 30_000;

    /** How long a room that has another place may go on here for those who are slow to leave. */
    static final long VACATE_MS = 30_000;

    private static final long FIGURES_NS = 5_000_000_000L;

    final RelayRoom room;
    final RoomTap tap;
    final MediaLoop loop;
    private final RelayRooms relay;
    private final MediaTransports transports;
    private final Map<String, Link> links = new HashMap<>();
    private final List<Link> dirty = new ArrayList<>();
    private int ingresses;
    private boolean vacating;
    private boolean hadReceivers;
    private long vacateUntilNs;
    private long busyNs;
    private long figuresNs;
    private volatile RoomFigures figures;
    private volatile boolean closed;

    RunningRoom(RelayRooms relay, MediaTransports transports, MediaLoop loop, RelayRoom room, RoomTap tap) {
        this.relay = relay;
        this.transports = transports;
        this.loop = loop;
        this.room = room;
        this.tap = tap;
    }

    void start() {
        busyNs = loop.nowNs();
        loop.schedule(this::tick, TICK_MS);
    }

    // ---- negotiation

    /** What {@link RelayRooms} prints as an answer, off the loop. */
    record Negotiated(AnswerPlan<?> plan, Link link, long version) {}

    Negotiated negotiate(
            String transportId, NegotiateRequest request, SessionDescription offer, RemoteTransport remote) {
        checkOpen();
        Link old = links.get(transportId);
        if (old != null && (old.direction != request.direction() || !old.participantId.equals(request.participantId())))
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "The transport id is another participant's or direction's.");
        boolean fresh = old == null
                || !old.remote.fingerprints().equals(remote.fingerprints())
                || old.transport.state().isFinal();
        var up = request.direction() == Direction.UP ? OfferAnswer.up(offer, request.feeds(), request.tracks()) : null;
        var down = up == null ? OfferAnswer.down(offer, request.tracks(), catalog(old)) : null;
        Link link = fresh ? open(old, transportId, request, remote) : refresh(old, remote);
        if (up != null) {
            room.publish(link.uplink, request.feeds(), up.tracks());
            if (fresh) room.endOrphans();
        } else {
            request.wishes().forEach(link.downlink::wish);
            room.subscribe(link.downlink, down.tracks());
        }
        flush();
        return new Negotiated(up != null ? up : down, link, link.sdpVersion++);
    }

    private Link open(Link old, String transportId, NegotiateRequest request, RemoteTransport remote) {
        if (old != null) {
            room.detachLink(transportId);
            links.remove(transportId);
            old.retire();
        }
        var link = new Link(this, transportId, request.participantId(), request.direction());
        link.remote = remote;
        try {
            link.transport = transports.create(loop, room.roomId() + "/" + transportId, remote, link);
        } catch (IllegalStateException e) {
            room.endOrphans();
            throw new RefusedException(ErrorCode.MEDIA_UNAVAILABLE, "The relay takes no more transports.");
        }
        if (request.direction() == Direction.UP)
            link.uplink = room.openUplink(transportId, request.participantId(), link, false);
        else link.downlink = room.openDownlink(transportId, request.participantId(), link);
        links.put(transportId, link);
        report(link, TransportState.CONNECTING);
        return link;
    }

    private static Link refresh(Link link, RemoteTransport remote) {
        if (!link.remote.iceUfrag().equals(remote.iceUfrag())
                || !link.remote.icePwd().equals(remote.icePwd())) link.transport.restartIce(remote);
        link.remote = remote;
        return link;
    }

    private OfferAnswer.Catalog catalog(Link link) {
        return new OfferAnswer.Catalog() {
            @Override
            public TrackFormat format(String feedId, MediaKind kind) {
                if (!feedId.equals(FeedInfo.SPEAKER)) return room.format(feedId, kind);
                return kind == MediaKind.VIDEO ? room.speakerFormat(link == null ? null : link.downlink) : null;
            }

            @Override
            public String publisher(String feedId) {
                return feedId.equals(FeedInfo.SPEAKER) ? FeedInfo.SPEAKER : room.publisher(feedId);
            }

            @Override
            public long ssrc(String mid, String feedId, boolean rtx) {
                long now = link == null ? 0 : room.currentSsrc(link.downlink, mid, feedId, rtx);
                return now != 0 ? now : room.allocateSsrc();
            }
        };
    }

    /** Refuses with TRANSPORT_NOT_FOUND. */
    void deleteTransport(String transportId) {
        forget(link(transportId));
    }

    /** Refuses with TRANSPORT_NOT_FOUND. A publisher's transport has no wishes. */
    void wish(String transportId, SubscriberWishes wishes) {
        Downlink downlink = link(transportId).downlink;
        if (downlink == null) return;
        if (wishes.feeds() != null) wishes.feeds().forEach(downlink::wish);
        downlink.limit(
                wishes.cameras() == null ? downlink.cameras() : wishes.cameras(),
                wishes.voices() == null ? downlink.voices() : wishes.voices());
        flush();
    }

    private Link link(String transportId) {
        Link link = links.get(transportId);
        if (link == null) throw new RefusedException(ErrorCode.TRANSPORT_NOT_FOUND);
        return link;
    }

    private void forget(Link link) {
        links.remove(link.transportId);
        room.closeLink(link.transportId);
        flush();
        link.retire();
        report(link, TransportState.CLOSED);
    }

    // ---- ingress

    Uplink openIngress(String id, FeedInfo feed, List<UpTrack> tracks, dev.parley.relay.domain.Outlet back) {
        checkOpen();
        Uplink uplink = room.openUplink(id, feed.participantId(), back, true);
        room.publish(uplink, List.of(feed), tracks);
        ingresses++;
        return uplink;
    }

    void closeIngress(String id) {
        if (closed) return;
        ingresses--;
        room.closeLink(id);
        flush();
    }

    // ---- what transports say

    void onState(Link link, TransportState state) {
        report(link, state);
        if (state == TransportState.CONNECTED && link.downlink != null) {
            link.downlink.onConnected(loop.nowNs());
            flush();
        }
        if (state.isFinal()) {
            loop.schedule(
                    () -> {
                        if (links.get(link.transportId) == link) forget(link);
                    },
                    LINGER_MS);
        }
    }

    private void report(Link link, TransportState state) {
        if (vacating) return; // the room's other place speaks for it
        relay.report(new dev.parley.contracts.media.TransportState(
                room.roomId(),
                relay.nodeId(),
                link.participantId,
                link.transportId,
                link.direction,
                state.name().toLowerCase(Locale.ROOT)));
    }

    void onBatchEnd() {
        if (closed) return;
        room.onBatchEnd(loop.nowNs());
        for (int i = 0; i < dirty.size(); i++) dirty.get(i).flushedByServer();
        dirty.clear();
    }

    void dirty(Link link) {
        dirty.add(link);
    }

    /** After work that no batch of the server follows. */
    void flush() {
        for (int i = 0; i < dirty.size(); i++) dirty.get(i).flush();
        dirty.clear();
    }

    // ---- time

    private void tick() {
        if (closed) return;
        long nowNs = loop.nowNs();
        tap.tick(nowNs);
        room.tick(nowNs);
        flush();
        relay.drain(room);
        if (nowNs - figuresNs >= FIGURES_NS) {
            figuresNs = nowNs;
            figures = room.figures(nowNs);
        }
        if (!links.isEmpty() || ingresses > 0 || tap.readers() > 0) busyNs = nowNs;
        if (vacated(nowNs) || nowNs - busyNs >= relay.roomIdleNs()) relay.closeIdle(this);
        else loop.schedule(this::tick, TICK_MS);
    }

    // ---- another place

    /** See {@link RelayRooms#vacate}. */
    void vacate() {
        if (vacating) return;
        vacating = true;
        vacateUntilNs = loop.nowNs() + VACATE_MS * 1_000_000L;
        hadReceivers = serves(Direction.DOWN);
        room.silence();
    }

    /** Publishers stay as long as somebody receives them here; in a room without receivers they leave by themselves. */
    private boolean vacated(long nowNs) {
        if (!vacating) return false;
        return nowNs - vacateUntilNs >= 0 || !serves(hadReceivers ? Direction.DOWN : Direction.UP);
    }

    private boolean serves(Direction direction) {
        for (Link link : links.values())
            if (link.direction == direction && !link.transport.state().isFinal()) return true;
        return false;
    }

    void close() {
        if (closed) return;
        closed = true;
        for (Link link : List.copyOf(links.values())) forget(link);
        relay.drain(room);
        room.close();
        tap.close();
    }

    private void checkOpen() {
        if (closed) throw new RefusedException(ErrorCode.RELAY_ROOM_NOT_FOUND);
    }

    /** As of the last 5 s; null before. Any thread. */
    RoomFigures figures() {
        return figures;
    }

    /** Any thread. */
    boolean closed() {
        return closed;
    }

    int links() {
        return links.size();
    }
}
