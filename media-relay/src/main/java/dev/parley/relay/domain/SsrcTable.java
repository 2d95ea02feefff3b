package dev.parley.relay.domain;

import java.util.function.Consumer;

/** SSRC to object without boxing; open addressing. Holds at most {@link #ENTRIES_MAX}, as a remote side can make it grow. Not thread safe. */
public final class SsrcTable<T> {
    public static final int ENTRIES_MAX = 512;
    private static final int SLOTS = 2 * ENTRIES_MAX;

    private final long[] keys = new long[SLOTS];
    private final Object[] values = new Object[SLOTS];
    private int size;

    /** Null when there is none. @param ssrc unsigned 32 bits */
    @SuppressWarnings("unchecked")
    public T get(long ssrc) {
        for (int at = slot(ssrc); values[at] != null; at = at + 1 & SLOTS - 1) {
            if (keys[at] == ssrc) return (T) values[at];
        }
        return null;
    }

    /** False when the table is full. */
    public boolean put(long ssrc, T value) {
        int at = slot(ssrc);
        while (values[at] != null && keys[at] != ssrc) at = at + 1 & SLOTS - 1;
        if (values[at] == null) {
            if (size == ENTRIES_MAX) return false;
            size++;
        }
        keys[at] = ssrc;
        values[at] = value;
        return true;
    }

    public void remove(long ssrc) {
        int at = slot(ssrc);
        while (values[at] != null && keys[at] != ssrc) at = at + 1 & SLOTS - 1;
        if (values[at] == null) return;
        values[at] = null;
        size--;
        for (int next = at + 1 & SLOTS - 1; values[next] != null; next = next + 1 & SLOTS - 1) { // close the hole
            Object moved = values[next];
            long key = keys[next];
            values[next] = null;
            int to = slot(key);
            while (values[to] != null) to = to + 1 & SLOTS - 1;
            keys[to] = key;
            values[to] = moved;
        }
    }

    public int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    public void forEach(Consumer<T> action) {
        for (Object value : values) if (value != null) action.accept((T) value);
    }

    private static int slot(long ssrc) {
        return (int) (ssrc * 0x9E37_79B9L >>> 22) & SLOTS - 1;
    }
}
