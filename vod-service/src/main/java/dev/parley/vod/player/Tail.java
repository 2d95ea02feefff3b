package dev.parley.vod.player;

/** Keeps the last words of a program, and no more of them than fit into a message. */
final class Tail implements Appendable {
    private static final int CHARS_MAX = 400;
    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized Tail append(CharSequence more) {
        text.append(more);
        if (text.length() > CHARS_MAX) text.delete(0, text.length() - CHARS_MAX);
        return this;
    }

    @Override
    public Tail append(CharSequence more, int start, int end) {
        return append(more.subSequence(start, end));
    }

    @Override
    public Tail append(char more) {
        return append(Character.toString(more));
    }

    synchronized boolean isEmpty() {
        return text.toString().isBlank();
    }

    @Override
    public synchronized String toString() {
        return text.toString().strip();
    }
}
