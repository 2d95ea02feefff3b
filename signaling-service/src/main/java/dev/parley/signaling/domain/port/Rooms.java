package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomInfo;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.RoomSettings;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import java.util.List;
import java.util.Optional;

/**
 * Rooms and their logs. A command is one transaction: lock the room, decide, write state, log rows and what else must be true with
 * them. Locks are taken in one order everywhere: room, then session. All calls block; use virtual threads. Errors: UNAVAILABLE when the
 * store is away.
 */
public interface Rooms {
    /** Errors: those of the rules; ROOM_NOT_FOUND; SESSION_GONE or ALREADY_IN_ROOM when the entering session is. */
    Outcome execute(String roomId, RoomCommand command, RoomLimits limits, Step step);

    /** A new room, or a new incarnation of an ended one. Errors: NAME_TAKEN, BAD_REQUEST. */
    Outcome create(RoomInfo info, RoomSettings settings, RoomLimits limits, Step step);

    Optional<RoomState> find(String roomId);

    /** Rooms of an application that are not over, newest id last, 200 at most. */
    List<RoomState> living(String bizName);

    /** The same of several applications. @param bizNames null = of all */
    List<RoomState> living(List<String> bizNames);

    /** Living rooms whose media is at this relay. */
    List<String> placedOn(String nodeId);

    /** Rooms that have been empty since before this time, 50 at most. */
    List<String> emptySince(long beforeMs);

    /** Ended rooms whose media has not been given back, 50 at most. */
    List<RoomState> mediaToRelease();

    void mediaReleased(String roomId);
}
