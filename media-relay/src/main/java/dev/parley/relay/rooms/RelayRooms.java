package dev.parley.relay.rooms;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TransportState;
import dev.parley.relay.RelaySettings;
import dev.parley.relay.domain.Counters;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.RoomDebug;
import dev.parley.relay.domain.RoomFigures;
import dev.parley.relay.domain.RoomStats;
import dev.parley.relay.domain.SignalSink;
import dev.parley.relay.tap.RoomTap;
import dev.parley.relay.tap.TapCursor;
import dev.parley.relay.transport.LocalTransport;
import dev.parley.relay.transport.MediaLoop;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.RemoteTransport;
import dev.parley.rtp.sdp.Candidate;
import dev.parley.rtp.sdp.SdpException;
import dev.parley.rtp.sdp.SessionDescription;
import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The rooms of this relay, for REST, tap and ingress. Any thread but a media loop: calls wait for the room's loop, at most
 * {@link #DEADLINE_MS}, so use virtual threads. Errors are RefusedException with the codes that each method names, and MEDIA_UNAVAILABLE when
 * the loop does not answer in time.
 */
@ApplicationScoped
@Startup
public class RelayRooms {
    public static final long DEADLINE_MS = 3_000;

    private final RelaySettings settings;
    private final MediaTransports transports;
    private final SignalSink signals;
    private final TransportStates states;
    private final ConcurrentHashMap<String, RunningRoom> rooms = new ConcurrentHashMap<>();
    private final Counters total = new Counters();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean draining;

    RelayRooms(RelaySettings settings, MediaTransports transports, SignalSink signals, TransportStates states) {
        this.settings = settings;
        this.transports = transports;
        this.signals = signals;
        this.states = states;
    }

    // ---- rooms

    /** Opens the room if it is not open; refuses a new one with NO_NODE while draining or full. */
    public void open(String roomId) {
        running(roomId);
    }

    /** Refuses with RELAY_ROOM_NOT_FOUND. */
    public void close(String roomId) {
        RunningRoom room = existing(roomId);
        rooms.remove(roomId, room);
        call(room, r -> {
            r.close();
            return null;
        });
    }

    /**
     * The room has another place, and its clients go there at their own pace: it ends here as soon as nobody receives any more, at the latest after
     * {@link RunningRoom#VACATE_MS}. Safe to repeat. Refuses with RELAY_ROOM_NOT_FOUND.
     */
    public void vacate(String roomId) {
        call(existing(roomId), r -> {
            r.vacate();
            return null;
        });
    }

    public List<String> list() {
        return rooms.keySet().stream().sorted().toList();
    }

    /** Refuses with RELAY_ROOM_NOT_FOUND. */
    public RoomStats stats(String roomId) {
        return call(existing(roomId), r -> r.room.stats(r.loop.nowNs()));
    }

    /** Why each subscriber gets what he gets. Refuses with RELAY_ROOM_NOT_FOUND. */
    public RoomDebug debug(String roomId) {
        return call(existing(roomId), r -> r.room.debug());
    }

    /** Figures of the rooms that send most, at most so many. */
    public List<RoomFigures> busiest(int most) {
        return rooms.values().stream()
                .map(RunningRoom::figures)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingDouble(RoomFigures::bitsOut).reversed())
                .limit(most)
                .toList();
    }

    public int size() {
        return rooms.size();
    }

    /** Takes no new room from now on; those that are here go on. */
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }

    // ---- transports

    /** Refuses with SDP_INVALID, BAD_REQUEST, NO_NODE, ROOM_LIMIT. */
    public NegotiateAnswer negotiate(String roomId, String transportId, NegotiateRequest request) {
        SessionDescription offer;
        RemoteTransport remote;
        try {
            offer = SessionDescription.parse(request.sdp());
            remote = RemoteTransport.of(offer);
        } catch (SdpException e) {
            throw new RefusedException(ErrorCode.SDP_INVALID, e.getMessage() + ".");
        }
        RunningRoom.Negotiated done = call(running(roomId), r -> r.negotiate(transportId, request, offer, remote));
        LocalTransport local = addressed(done.link().transport.local(), request.clientAddress());
        String sdp = done.plan().print(sessionId(done.link()), done.version(), local::applyTo);
        return new NegotiateAnswer(sdp, done.plan().accepted());
    }

    /** How a subscriber wants feeds, from now on. Refuses with RELAY_ROOM_NOT_FOUND, TRANSPORT_NOT_FOUND. */
    public void wish(String roomId, String transportId, SubscriberWishes wishes) {
        call(existing(roomId), r -> {
            r.wish(transportId, wishes);
            return null;
        });
    }

    /** Refuses with RELAY_ROOM_NOT_FOUND, TRANSPORT_NOT_FOUND. */
    public void deleteTransport(String roomId, String transportId) {
        call(existing(roomId), r -> {
            r.deleteTransport(transportId);
            return null;
        });
    }

    /** The o= line's id: the same in all answers of one transport (RFC 8829 section 5.2.2), another for its successor. */
    private static String sessionId(Link link) {
        return Long.toString(Integer.toUnsignedLong(System.identityHashCode(link)) << 8 | 1);
    }

    /** A client that came in under another address than the announced ones gets that one first. */
    private static LocalTransport addressed(LocalTransport local, String address) {
        if (address == null || address.isEmpty()) return local;
        List<Candidate> candidates = new ArrayList<>();
        boolean known = local.candidates().stream().anyMatch(c -> c.address().equals(address));
        String announced =
                local.candidates().isEmpty() ? "" : local.candidates().get(0).address();
        if (!known) {
            for (Candidate one : local.candidates()) {
                if (!one.address().equals(announced)) continue;
                candidates.add(new Candidate(
                        one.foundation() + "0",
                        one.component(),
                        one.protocol(),
                        one.priority() | 0xFF00,
                        address,
                        one.port(),
                        one.type(),
                        one.tcpType()));
            }
        }
        candidates.addAll(local.candidates());
        return new LocalTransport(local.iceUfrag(), local.icePwd(), local.fingerprint(), local.setup(), candidates);
    }

    // ---- feeds

    /** Refuses with RELAY_ROOM_NOT_FOUND, FEED_NOT_FOUND. */
    public void control(String roomId, String feedId, FeedControl control) {
        call(existing(roomId), r -> {
            r.room.control(feedId, control);
            return null;
        });
    }

    /** Refuses with RELAY_ROOM_NOT_FOUND, FEED_NOT_FOUND. */
    public void removeFeed(String roomId, String feedId) {
        call(existing(roomId), r -> {
            r.room.removeFeed(feedId);
            r.flush();
            return null;
        });
    }

    // ---- tap and ingress

    /** A reader of the room's tap, to be closed; opens the room. Refuses with NO_NODE. For the arguments see {@link RoomTap#open}. */
    public TapCursor openTap(String roomId, String tagPrefix, String epoch, long from) {
        return call(running(roomId), r -> {
            r.room.wantKeyFrames(
                    tagPrefix); // else a film begins with the publisher's next key frame of its own accord, if ever
            return r.tap.open(tagPrefix, epoch, from);
        });
    }

    /** Makes an ingress' feed appear in the room; opens the room. Refuses with NO_NODE, ROOM_LIMIT. */
    public IngressFeed openIngress(String roomId, IngressFeed.Terms terms, dev.parley.relay.domain.Outlet back) {
        RunningRoom room = running(roomId);
        return call(room, r -> new IngressFeed(r, terms, back));
    }

    // ---- for the rooms

    void report(TransportState state) {
        states.onTransportState(state);
    }

    String nodeId() {
        return settings.nodeId();
    }

    long roomIdleNs() {
        return settings.roomIdleSeconds() * 1_000_000_000L;
    }

    void closeIdle(RunningRoom room) {
        rooms.remove(room.room.roomId(), room);
        room.close();
    }

    void drain(RelayRoom room) {
        synchronized (total) { // loops meet here 50 times a second and room, not per packet
            room.drainCounters(total);
        }
    }

    /** Reads the node's sums. */
    public <T> T counted(Function<Counters, T> read) {
        synchronized (total) {
            return read.apply(total);
        }
    }

    public MediaTransports transports() {
        return transports;
    }

    // ---- loops

    private RunningRoom existing(String roomId) {
        RunningRoom room = rooms.get(roomId);
        if (room == null) throw new RefusedException(ErrorCode.RELAY_ROOM_NOT_FOUND);
        return room;
    }

    private RunningRoom running(String roomId) {
        RunningRoom room = rooms.get(roomId);
        if (room != null) return room;
        if (draining || rooms.size() >= settings.roomsMax()) throw new RefusedException(ErrorCode.NO_NODE);
        return rooms.computeIfAbsent(roomId, this::create);
    }

    private RunningRoom create(String roomId) {
        MediaLoop loop = transports.loopFor(roomId);
        var tap = new RoomTap(settings.tapBufferBytes());
        var room = new RelayRoom(
                roomId, PooledByteBufAllocator.DEFAULT, tap, signals, random::nextInt, settings.maxBitrate());
        var running = new RunningRoom(this, transports, loop, room, tap);
        loop.execute(running::start);
        return running;
    }

    private static <T> T call(RunningRoom room, Function<RunningRoom, T> work) {
        var answer = new CompletableFuture<T>();
        room.loop.execute(() -> {
            try {
                if (room.closed()) throw new RefusedException(ErrorCode.RELAY_ROOM_NOT_FOUND);
                answer.complete(work.apply(room));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(DEADLINE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedException(ErrorCode.MEDIA_UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(ErrorCode.MEDIA_UNAVAILABLE);
        }
    }

    /** While Kafka and the sockets are still there: clients get their close_notify, signaling the states. */
    void stop(@Observes ShutdownEvent event) {
        closeAll();
    }

    void closeAll() {
        Collection<RunningRoom> all = List.copyOf(rooms.values());
        rooms.clear();
        for (RunningRoom room : all) {
            call(room, r -> {
                r.close();
                return null;
            });
        }
    }
}
