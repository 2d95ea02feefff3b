package dev.parley.recorder.domain.timeline;

import java.util.TreeMap;

/**
 * Puts the packets of one RTP stream in order and says where some are missing. Holds back what came early until the gap before it is
 * filled, at most {@link #HELD_MAX} packets or {@link #HELD_US}. Duplicates and what comes too late are dropped. Not thread safe.
 */
final class SequenceSorter<P> {
    static final int HELD_MAX = 512;
    static final long HELD_US = 1_500_000;
    /** A jump this far, either way, is a new beginning and not a loss (RFC 3550 appendix A.1 has 3000 and 100). */
    static final int JUMP = 3_000;

    interface Out<P> {
        void packet(P packet, boolean lossBefore);
    }

    private record Held<P>(P packet, long atUs) {}

    private final TreeMap<Long, Held<P>> held = new TreeMap<>();
    private final Out<P> out;
    private long next = -1;
    private long lost;
    private boolean loss;

    SequenceSorter(Out<P> out) {
        this.out = out;
    }

    /** @param sequence unsigned 16 bits */
    void push(int sequence, long atUs, P packet) {
        if (next < 0) next = sequence + 0x10000L; // room below, so that packets just before the first stay positive
        long extended = next + (short) (sequence - (int) next);
        if (Math.abs(extended - next) > JUMP) {
            flush();
            loss = true;
            extended = next = sequence + 0x10000L;
        }
        if (extended < next) return;
        held.putIfAbsent(extended, new Held<>(packet, atUs));
        drain();
        while (!held.isEmpty()
                && (held.size() > HELD_MAX || atUs - held.firstEntry().getValue().atUs > HELD_US)) skip();
    }

    /** Gives what is held. */
    private void flush() {
        while (!held.isEmpty()) skip();
    }

    /** Gives what is held; what comes next is a new beginning, and what lies between is not missed. */
    void restart() {
        flush();
        next = -1;
    }

    /** Sequence numbers that never came. */
    long lost() {
        return lost;
    }

    private void skip() {
        long first = held.firstKey();
        lost += first - next;
        loss |= first > next;
        next = first;
        drain();
    }

    private void drain() {
        while (!held.isEmpty() && held.firstKey() == next) {
            Held<P> entry = held.pollFirstEntry().getValue();
            next++;
            boolean before = loss;
            loss = false;
            out.packet(entry.packet, before);
        }
    }
}
