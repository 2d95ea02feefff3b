package dev.parley.signaling.api.ws;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.Documents;
import io.quarkus.websockets.next.CloseReason;

/**
 * One socket and what it stands for. Its requests come one after the other; pushes come from other threads. Thread-safe.
 */
final class Connection {
    /** RFC 6455 section 7.4.1: policy; the message before it says which. */
    private static final CloseReason OVER = new CloseReason(1008, "session over");

    private static final CloseReason SILENT = new CloseReason(1001, "silent");

    private final Outbox outbox;
    private final Documents documents;
    private final String remoteAddress;
    private final MessageBudget budget;
    private Inbox inbox;
    private volatile long heardAtMs;
    private volatile Session session;
    private String roomId = "";
    private String participantId = "";
    private long pushedSeq;
    private volatile long ackedSeq;

    Connection(Outbox outbox, Documents documents, String remoteAddress, MessageBudget budget, long nowMs) {
        this.outbox = outbox;
        this.documents = documents;
        this.remoteAddress = remoteAddress;
        this.budget = budget;
        this.heardAtMs = nowMs;
    }

    /** Before the first message. */
    void inbox(Inbox inbox) {
        this.inbox = inbox;
    }

    /** False when the message is beyond what this connection may send; then it is not taken. From the socket's event loop only. */
    boolean admit(String message, long nowMs) {
        return budget.take(nowMs) && inbox.offer(message);
    }

    /** Null before connect or resume. */
    Session session() {
        return session;
    }

    void session(Session session) {
        this.session = session;
    }

    String remoteAddress() {
        return remoteAddress;
    }

    void heard(long nowMs) {
        heardAtMs = nowMs;
    }

    long heardAtMs() {
        return heardAtMs;
    }

    void acked(long seq) {
        ackedSeq = Math.max(ackedSeq, seq);
    }

    long ackedSeq() {
        return ackedSeq;
    }

    synchronized String roomId() {
        return roomId;
    }

    synchronized String participantId() {
        return participantId;
    }

    /** From now on pushes of this room above {@code seq} are its. */
    synchronized void enter(String roomId, String participantId, long seq) {
        this.roomId = roomId;
        this.participantId = participantId;
        this.pushedSeq = seq;
    }

    synchronized void leave() {
        roomId = "";
        participantId = "";
    }

    /** Hands an event on if it is meant for this participant and new to it. True when it was the last one for it. */
    synchronized boolean push(LogEntry entry) {
        if (!entry.roomId().equals(roomId) || entry.seq() <= pushedSeq) return false;
        pushedSeq = entry.seq();
        boolean ownLeave = entry.type().equals("participantLeft")
                && entry.data().contains("\"participantId\":\"" + participantId + "\"");
        if (ownLeave && entry.data().contains("\"reason\":\"left\"")) {
            leave(); // it asked for it and has its answer
            return true;
        }
        if (entry.audience().includes(participantId))
            outbox.send("{\"seq\":" + entry.seq() + ",\"type\":\"" + entry.type() + "\",\"roomId\":\"" + roomId
                    + "\",\"data\":" + entry.data() + "}");
        boolean last = ownLeave && !entry.data().contains("\"reason\":\"ended\"")
                || entry.type().equals("roomEnded");
        if (last) leave();
        return last;
    }

    /** @param data JSON object */
    void signal(String roomId, String type, String data) {
        outbox.send("{\"type\":\"" + type + "\",\"roomId\":\"" + roomId + "\",\"data\":" + data + "}");
    }

    void answer(long id, Object data) {
        outbox.send("{\"re\":" + id + ",\"code\":0,\"data\":" + documents.write(data) + "}");
    }

    void refuse(long id, Problem problem) {
        outbox.send(documents.write(new Refusal(id, problem.code(), problem.error(), problem.message())));
    }

    private record Refusal(long re, int code, String error, String message) {}

    /** About a message whose id could not be read, or about no message at all. */
    void fault(Problem problem) {
        outbox.send(documents.write(problem));
    }

    /** The session is over or somewhere else: says so, then closes. */
    void gone() {
        session = null;
        leave();
        fault(Problem.of(ErrorCode.SESSION_GONE));
        outbox.closeAfterAll(OVER);
    }

    void closeSilent() {
        outbox.closeAfterAll(SILENT);
    }

    void closeWhenWritten(CloseReason reason) {
        outbox.closeAfterAll(reason);
    }
}
