package dev.parley.relay.domain;

/**
 * Which packets of one incoming stream to ask for again (RFC 4585 section 6.2.1). A gap is asked for at once, then again every
 * {@link #RETRY_NS} up to {@link #TRIES_MAX} times. More than {@link #MISSING_MAX} missing at once is beyond repair: everything is forgotten and
 * the owner should ask for a key frame.
 */
public final class NackGenerator {
    public static final int MISSING_MAX = 256;
    public static final int TRIES_MAX = 8;
    public static final long RETRY_NS = 60_000_000L;

    private final long[] missing = new long[MISSING_MAX];
    private final long[] dueNs = new long[MISSING_MAX];
    private final byte[] tries = new byte[MISSING_MAX];
    private int count;
    private long highest = -1;
    private boolean overflown;

    /** @param extended from {@link SequenceWindow}, never twice the same */
    public void onPacket(long extended, long nowNs) {
        if (highest < 0 || extended == highest + 1) {
            highest = extended;
        } else if (extended < highest) {
            remove(extended);
        } else if (extended - highest - 1 > MISSING_MAX - count) {
            count = 0;
            overflown = true;
            highest = extended;
        } else {
            for (long lost = highest + 1; lost < extended; lost++) {
                missing[count] = lost;
                dueNs[count] = nowNs;
                tries[count++] = 0;
            }
            highest = extended;
        }
    }

    /** Sequence numbers (16 bits, ascending) to ask for now. @param sequences at least {@link #MISSING_MAX} long */
    public int due(long nowNs, int[] sequences) {
        int kept = 0;
        int asked = 0;
        for (int i = 0; i < count; i++) {
            boolean now = nowNs - dueNs[i] >= 0;
            if (now && tries[i] == TRIES_MAX) continue; // given up
            if (now) {
                sequences[asked++] = (int) missing[i] & 0xFFFF;
                dueNs[i] = nowNs + RETRY_NS;
                tries[i]++;
            }
            missing[kept] = missing[i];
            dueNs[kept] = dueNs[i];
            tries[kept++] = tries[i];
        }
        count = kept;
        return asked;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** True once after the loss was beyond repair. */
    public boolean takeOverflow() {
        boolean was = overflown;
        overflown = false;
        return was;
    }

    private void remove(long extended) {
        for (int i = 0; i < count; i++) {
            if (missing[i] != extended) continue;
            count--;
            System.arraycopy(missing, i + 1, missing, i, count - i);
            System.arraycopy(dueNs, i + 1, dueNs, i, count - i);
            System.arraycopy(tries, i + 1, tries, i, count - i);
            return;
        }
    }
}
