package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.signaling.domain.RoomCommand.Join;

/** Who may enter a room and as what: the one place that decides it, for every dialect, for sockets, WHIP and WHEP alike. */
final class Admission {
    private Admission() {}

    /** Null when the door is open; else why it is not. The order is part of the contract: what a stranger may learn comes last. */
    static ErrorCode refusal(RoomState room, Join join) {
        if (!room.info().bizName().equals(join.who().bizName())) return ErrorCode.ROOM_NOT_FOUND;
        boolean named = !join.who().room().isEmpty();
        if (named && !join.who().room().equals(room.roomId())) return ErrorCode.NOT_ALLOWED;
        if (room.ended()) return ErrorCode.ROOM_ENDED;
        Role role = role(room, join);
        boolean owner = room.info().ownerUid().equals(join.who().uid());
        if (!named && !owner && !same(room.info().rtoken(), join.rtoken())) return ErrorCode.ROOM_TOKEN_WRONG;
        if (!room.settings().pin().isEmpty()
                && !role.moderates()
                && !same(room.settings().pin(), join.pin())) return ErrorCode.PIN_REQUIRED;
        if (room.settings().locked() && !role.moderates()) return ErrorCode.ROOM_LOCKED;
        if (join.kind().countsForCapacity()
                && room.headcount() >= room.settings().capacity()) return ErrorCode.ROOM_FULL;
        return null;
    }

    /** The owner is host; everybody else is what the token says. */
    static Role role(RoomState room, Join join) {
        return room.info().ownerUid().equals(join.who().uid())
                ? Role.HOST
                : join.who().role();
    }

    /** Takes the same time wherever the first difference is. */
    private static boolean same(String wanted, String given) {
        return given != null
                && java.security.MessageDigest.isEqual(
                        wanted.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        given.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
