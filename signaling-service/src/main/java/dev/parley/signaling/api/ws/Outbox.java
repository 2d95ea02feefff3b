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

    private final WebSocketConnection socket;
    private final int messagesMax;
    private final long charsMax;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private long waitingChars;
    private boolean writing;
    private boolean closed;
    private CloseReason closeAfter;

    Outbox(WebSocketConnection socket, int messagesMax, long charsMax) {
        this.socket = socket;
        this.messagesMax = messagesMax;
        this.charsMax = charsMax;
    }

    void send(String text) {
        String first;
        synchronized (this) {
            if (closed || closeAfter != null) return;
            if (waiting.size() >= messagesMax || waitingChars + text.length() > charsMax) {
                closed = true;
                waiting.clear();
                first = null;
            } else {
                waiting.add(text);
                waitingChars += text.length();
                if (writing) return;
                writing = true;
                first = next();
            }
        }
        if (first == null) close(TOO_SLOW);
        else write(first);
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
        if (text != null) waitingChars -= text.length();
        return text;
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

    private synchronized void broken() {
        closed = true;
        waiting.clear();
    }

    private void close(CloseReason reason) {
        socket.close(reason).subscribe().with(_ -> {}, _ -> {});
    }
}
