package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.Set;

/** What participants tell each other. A message is a row of the log with an audience; what is in the log is never lost. */
final class MessageRules {
    private MessageRules() {}

    static Decision text(RoomState room, RoomCommand.SendText c) {
        Participant p = room.participant(c.by());
        ErrorCode refusal = refusal(room, p, c.to());
        if (refusal != null) return Decision.refuse(room, refusal);
        return new Change(room)
                .log(
                        new RoomEvent.Text(
                                c.msgId(), c.by(), p.uid(), c.text(), c.nowMs(), c.clientMsgId(), c.clientSentAtMs()),
                        audience(c.by(), c.to()))
                .done();
    }

    static Decision command(RoomState room, RoomCommand.SendCommand c) {
        Participant p = room.participant(c.by());
        ErrorCode refusal = refusal(room, p, c.to());
        if (refusal != null) return Decision.refuse(room, refusal);
        return new Change(room)
                .log(
                        new RoomEvent.Command(c.msgId(), c.by(), p.uid(), c.payload(), c.nowMs()),
                        audience(c.by(), c.to()))
                .done();
    }

    static Decision tellInviter(RoomState room, RoomCommand.TellInviter c) {
        if (room.participant(c.inviterId()) == null) return Decision.keep(room);
        return new Change(room)
                .log(
                        new RoomEvent.InviteAnswered(c.inviteId(), c.uid(), c.reply()),
                        new Audience.Only(Set.of(c.inviterId())))
                .done();
    }

    static ErrorCode refusal(RoomState room, Participant by, Set<String> to) {
        if (by == null) return ErrorCode.NOT_IN_ROOM;
        for (String id : to) if (room.participant(id) == null) return ErrorCode.PARTICIPANT_NOT_FOUND;
        return null;
    }

    static Audience audience(String by, Set<String> to) {
        return to.isEmpty() ? new Audience.AllBut(by) : new Audience.Only(Set.copyOf(to));
    }
}
