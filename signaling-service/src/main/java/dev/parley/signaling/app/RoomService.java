package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.node.PlacementView;
import dev.parley.signaling.domain.Effect;
import dev.parley.signaling.domain.MediaPlace;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomInfo;
import dev.parley.signaling.domain.RoomKind;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.RoomSettings;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Accounts;
import dev.parley.signaling.domain.port.LogSink;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The one way to change a room: decide and commit, tell everybody, then have the effects done. */
@ApplicationScoped
public class RoomService {
    private static final Logger LOG = Logger.getLogger(RoomService.class);
    private static final Pattern ROOM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Rooms store;
    private final RoomLimits limits;
    private final Accounts accounts;
    private final Media media;
    private final Effects effects;
    private final Instance<LogSink> sinks;
    private final Clock clock;

    RoomService(
            Rooms store,
            RoomLimits limits,
            Accounts accounts,
            Media media,
            Effects effects,
            Instance<LogSink> sinks,
            Clock clock) {
        this.store = store;
        this.limits = limits;
        this.accounts = accounts;
        this.media = media;
        this.effects = effects;
        this.sinks = sinks;
        this.clock = clock;
    }

    public Outcome execute(String roomId, RoomCommand command) {
        return execute(roomId, command, Step.NONE);
    }

    public Outcome execute(String roomId, RoomCommand command, Step step) {
        Outcome outcome = store.execute(roomId, command, limits, step);
        if (!outcome.entries().isEmpty()) for (LogSink sink : sinks) sink.committed(outcome.entries());
        if (outcome.repeated() == null) effects.submit(roomId, Effect.of(outcome.before(), outcome.after()));
        return outcome;
    }

    /** As {@link #execute}, for the system's own commands about rooms that may be gone by now. */
    public void executeIfThere(String roomId, RoomCommand command) {
        try {
            execute(roomId, command);
        } catch (RefusedException e) {
            if (e.code != ErrorCode.ROOM_NOT_FOUND) throw e;
        }
    }

    /**
     * @param roomId "" = made here, 9 digits
     * @param endWhenEmpty see {@link RoomSettings}
     * @param bizName whose room it is to be
     */
    public record NewRoom(
            String roomId,
            String name,
            int capacity,
            String pin,
            boolean record,
            boolean endWhenEmpty,
            String bizName,
            String ownerUid) {}

    public Outcome create(NewRoom wanted, Step step) {
        if (!wanted.roomId().isEmpty() && !ROOM_ID.matcher(wanted.roomId()).matches())
            throw new RefusedException(ErrorCode.BAD_REQUEST, "roomId is 1 to 64 of A-Z, a-z, 0-9, _ and -.");
        ApplicationView application = accounts.application(wanted.bizName());
        String roomId = wanted.roomId().isEmpty() ? Ids.meetingCode() : wanted.roomId();
        var info = new RoomInfo(
                roomId,
                roomId.matches("[1-9][0-9]{8}") ? roomId : Ids.meetingCode(),
                Ids.token(),
                wanted.bizName(),
                application.appId(),
                application.workspaceId(),
                application.callbackUrl(),
                wanted.ownerUid(),
                RoomKind.VIDEO,
                clock.millis());
        var settings = new RoomSettings(
                wanted.name(),
                wanted.capacity(),
                wanted.pin(),
                false,
                false,
                wanted.record() || application.autoRecord(),
                wanted.endWhenEmpty());
        return store.create(info, settings, limits, step);
    }

    /** Errors: ROOM_NOT_FOUND, also for rooms of other applications. */
    public RoomState get(String roomId, String bizName) {
        RoomState room = get(roomId);
        if (!room.info().bizName().equals(bizName)) throw new RefusedException(ErrorCode.ROOM_NOT_FOUND);
        return room;
    }

    public RoomState get(String roomId) {
        return store.find(roomId).orElseThrow(() -> new RefusedException(ErrorCode.ROOM_NOT_FOUND));
    }

    /** Where the room's media lives; found when it lives nowhere yet. */
    public MediaPlace place(RoomState room) {
        return room.media().isSet() ? room.media() : placeAnew(room.roomId());
    }

    /**
     * Moves a room away from a relay that drains. Its clients come to the new place at their own pace while the old one goes on; it is told that it may
     * end. The room stays where no other relay takes it.
     */
    public void moveFrom(String nodeId, String roomId) {
        MediaPlace old = get(roomId).media();
        if (!old.nodeId().equals(nodeId)) return;
        if (placeAnew(roomId).generation() > old.generation()) media.vacate(old, roomId);
        else LOG.warnf("room %s stays on relay %s, which drains: no other relay takes it", roomId, nodeId);
    }

    /** Asks master again: after a loss it answers with a new place, else with the old one, and the relay holds the room. */
    public MediaPlace placeAnew(String roomId) {
        PlacementView placement = media.place(roomId);
        var place = new MediaPlace(
                placement.generation(),
                placement.node().nodeId(),
                placement.node().url());
        return execute(roomId, new RoomCommand.Place(place, clock.millis()))
                .after()
                .media();
    }
}
