package dev.parley.vod.player;

/** Keeps the last words of a program, and no more of them than fit into a message. Thread safe. */
final class Tail {
    private static final int CHARS_MAX = 400;
    private final StringBuilder text = new StringBuilder();

    synchronized void add(String line) {
        text.append(line).append(' ');
        if (text.length() > CHARS_MAX) text.delete(0, text.length() - CHARS_MAX);
    }

    @Override
    public synchronized String toString() {
        return text.toString().strip();
    }
}
