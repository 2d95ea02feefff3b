package dev.parley.relay.domain;

/** What went out on one transport lately, by transport-wide number, until its feedback comes. */
final class SentLog {
    private static final int SLOTS = 2048;

    private final long[] sentNs = new long[SLOTS];
    private final int[] bytes = new int[SLOTS];
    private final int[] probes = new int[SLOTS];
    private long next = 1;

    /** Number of the packet that is sent next, 16 bits. */
    int next() {
        return (int) next & 0xFFFF;
    }

    /** The packet with that number is sent. @param probe number of a train, 0 = none */
    void add(int size, int probe, long nowNs) {
        int slot = (int) next++ & SLOTS - 1;
        sentNs[slot] = nowNs;
        bytes[slot] = size;
        probes[slot] = probe;
    }

    /** Slot of a number that a feedback names; -1 when it is too old, was never sent or has been told of as arrived. */
    int find(int sequence) {
        long number = next + (short) (sequence - (int) next);
        int slot = (int) number & SLOTS - 1;
        return number < 1 || number >= next || number < next - SLOTS || sentNs[slot] == 0 ? -1 : slot;
    }

    /** It has arrived: told once. */
    void arrived(int slot) {
        sentNs[slot] = 0;
    }

    long sentNs(int slot) {
        return sentNs[slot];
    }

    int bytes(int slot) {
        return bytes[slot];
    }

    int probe(int slot) {
        return probes[slot];
    }
}
