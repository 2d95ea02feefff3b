package dev.parley.relay.transport.srtp;

/** SSRC to stream without boxing: open addressing, never shrinks, never holds more than its cap. One thread. */
final class SsrcTable {
    private final int cap;
    private SrtpStream[] slots = new SrtpStream[16];
    private int size;
    private SrtpStream last; // packets of one stream come in runs

    SsrcTable(int cap) {
        this.cap = cap;
    }

    /** Null when it is not there. */
    SrtpStream get(int ssrc) {
        if (last != null && last.ssrc == ssrc) {
            return last;
        }
        SrtpStream found = slots[slot(slots, ssrc)];
        if (found != null) {
            last = found;
        }
        return found;
    }

    boolean isFull() {
        return size == cap;
    }

    /** Only what is not there, and only while not full. */
    void put(SrtpStream stream) {
        if (isFull()) {
            throw new IllegalStateException("more streams than " + cap);
        }
        if (size * 2 >= slots.length) {
            var larger = new SrtpStream[slots.length * 2];
            for (SrtpStream old : slots) {
                if (old != null) {
                    larger[slot(larger, old.ssrc)] = old;
                }
            }
            slots = larger;
        }
        slots[slot(slots, stream.ssrc)] = stream;
        size++;
    }

    int size() {
        return size;
    }

    private static int slot(SrtpStream[] slots, int ssrc) {
        int at = (ssrc * 0x9E3779B9 >>> 16) & slots.length - 1;
        while (slots[at] != null && slots[at].ssrc != ssrc) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }
}
