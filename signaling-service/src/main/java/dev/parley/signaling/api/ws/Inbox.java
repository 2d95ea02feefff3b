package dev.parley.signaling.api.ws;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The messages of one socket that wait to be worked on: one after the other, in order, on a virtual thread that ends when nothing waits. The
 * framework below would keep whatever comes; here the number and the sum of the lengths have an end. Thread-safe; {@link #offer} never blocks.
 */
final class Inbox {
    private final int messagesMax;
    private final long charsMax;
    private final Consumer<String> work;
    private final ArrayDeque<String> waiting = new ArrayDeque<>(2);
    private long waitingChars;
    private boolean working;

    /** @param work must not throw */
    Inbox(int messagesMax, long charsMax, Consumer<String> work) {
        this.messagesMax = messagesMax;
        this.charsMax = charsMax;
        this.work = work;
    }

    /** False when too much waits already; then the message is not taken. A message of any length is taken when nothing waits. */
    boolean offer(String message) {
        synchronized (this) {
            boolean full = waiting.size() >= messagesMax || waitingChars + message.length() > charsMax;
            if (full && !waiting.isEmpty()) return false;
            waiting.add(message);
            waitingChars += message.length();
            if (working) return true;
            working = true;
        }
        Thread.ofVirtual().name("messages of a socket").start(this::drain);
        return true;
    }

    private void drain() {
        while (true) {
            String message;
            synchronized (this) {
                message = waiting.poll();
                if (message == null) {
                    working = false;
                    return;
                }
                waitingChars -= message.length();
            }
            work.accept(message);
        }
    }
}
