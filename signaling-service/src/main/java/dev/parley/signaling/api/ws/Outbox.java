package dev.parley.signaling.api.ws;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.ArrayDeque;

/**
 * What waits to be written to one socket: in order, one at a time, with an end. A client that does not read fills it and is closed; it can
 * resume. Thread-safe; never blocks.
 */
final class Outbox {
    /** RFC 6455 section 7.4.1: try again later. */
    private static final CloseReason TOO_SLOW = new CloseReason(1013, "too slow");

    /** RFC 6455 section 7.4.1: unexpected condition. */
    private static final CloseReason BROKEN = new CloseReason(1011, "broken");

    private final WebSocketConnection socket;
    private final int messagesMax;
    private final long bytesMax;
    private final Runnable whenTooSlow;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean writing;
    private boolean closed;
    private CloseReason closeAfter;

    /** @param whenTooSlow called once, when the end was reached; must not block */
    Outbox(WebSocketConnection socket, int messagesMax, long bytesMax, Runnable whenTooSlow) {
        this.socket = socket;
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        this.whenTooSlow = whenTooSlow;
    }

    void send(String text) {
        String first;
        synchronized (this) {
            if (closed || closeAfter != null) return;
            if (waiting.size() >= messagesMax || waitingBytes + bytes(text) > bytesMax) {
                closed = true;
                waiting.clear();
                first = null;
            } else {
                waiting.add(text);
                waitingBytes += bytes(text);
                if (writing) return;
                writing = true;
                first = next();
            }
        }
        if (first != null) {
            write(first);
            return;
        }
        close(TOO_SLOW);
        whenTooSlow.run();
    }

    /** Closes once all that was sent before is written. */
    void closeAfterAll(CloseReason reason) {
        synchronized (this) {
            if (closed || closeAfter != null) return;
            closeAfter = reason;
            if (writing) return;
            closed = true;
        }
        close(reason);
    }

    private String next() {
        String text = waiting.poll();
        if (text != null) waitingBytes -= bytes(text);
        return text;
    }

    /** Length in UTF-8. */
    private static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two: four together.
            if (c >= 0x80) bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    private void write(String text) {
        socket.sendText(text).subscribe().with(_ -> written(), _ -> broken());
    }

    private void written() {
        String text;
        CloseReason reason = null;
        synchronized (this) {
            text = closed ? null : next();
            if (text == null) {
                writing = false;
                if (closeAfter != null && !closed) {
                    closed = true;
                    reason = closeAfter;
                }
            }
        }
        if (text != null) write(text);
        else if (reason != null) close(reason);
    }

    /** Nothing more can be written, so what comes in could not be answered either. */
    private void broken() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        close(BROKEN);
    }

    private void close(CloseReason reason) {
        socket.close(reason).subscribe().with(_ -> {}, _ -> {});
    }
}
