package dev.parley.relay.domain;

/**
 * Which packets of one incoming stream to ask for again (RFC 4585 section 6.2.1). A gap is asked for as soon as {@link #OVERTAKERS} later
 * packets are there or {@link #PATIENCE_NS} is over (both grow while packets come that were only late), then again after a round trip (sooner
 * when much is lost, as questions and repairs are then lost too), at most {@link #TRIES_MAX} times. The round trip is measured from question to repair, by questions that were put once (Karn's rule). More than
 * {@link #MISSING_MAX} missing at once is beyond repair: everything is forgotten. Then, and when a packet is given up, the owner
 * should ask for a key frame.
 */
public final class NackGenerator {
    public static final int MISSING_MAX = 256;
    public static final int TRIES_MAX = 12;
    /** Reordering that costs no question: packets as in RFC 9002 section 6.1.1, and time. */
    public static final int OVERTAKERS = 3;

    public static final long PATIENCE_NS = 5_000_000L;
    private static final int OVERTAKERS_MAX = 64;
    /** Share of packets lost lately from which on questions are put more often, in 1/1024. */
    private static final int HEAVY_LOSS = 256;

    private static final long PATIENCE_MAX_NS = 40_000_000L;
    /** Between questions about one packet: while no repair has come yet, and the bounds of what is measured. */
    public static final long RETRY_NS = 100_000_000L, RETRY_LEAST_NS = 40_000_000L, RETRY_MOST_NS = 1_000_000_000L;

    private final long[] missing = new long[MISSING_MAX];
    private final long[] sinceNs = new long[MISSING_MAX];
    private final long[] askedNs = new long[MISSING_MAX];
    private final long[] dueNs = new long[MISSING_MAX];
    private final byte[] tries = new byte[MISSING_MAX];
    private final RoundTrip roundTrip = new RoundTrip();
    private final boolean tellsRepairs;
    private int count;
    private long highest = -1;
    private boolean hopeless;
    private int loss1024;
    private long patienceNs = PATIENCE_NS;
    private int overtakers = OVERTAKERS;

    /** @param tellsRepairs repairs come as retransmissions of their own (RFC 4588), so a late original can be told from them */
    public NackGenerator(boolean tellsRepairs) {
        this.tellsRepairs = tellsRepairs;
    }

    /**
     * @param extended from {@link SequenceWindow}, never twice the same
     * @param repaired it came as a retransmission
     */
    public void onPacket(long extended, boolean repaired, long nowNs) {
        if (highest < 0 || extended == highest + 1) {
            highest = extended;
            loss1024 -= loss1024 + 63 >> 6;
        } else if (extended < highest) {
            arrived(extended, repaired, nowNs);
        } else if (extended - highest - 1 > MISSING_MAX - count) {
            count = 0;
            hopeless = true;
            highest = extended;
        } else {
            for (long lost = highest + 1; lost < extended; lost++) {
                missing[count] = lost;
                sinceNs[count] = nowNs;
                dueNs[count] = nowNs + patienceNs;
                tries[count++] = 0;
                loss1024 += 1024 - loss1024 >> 6;
            }
            highest = extended;
        }
    }

    /** Sequence numbers (16 bits, ascending) to ask for now. @param sequences at least {@link #MISSING_MAX} long */
    public int due(long nowNs, int[] sequences) {
        int kept = 0;
        int asked = 0;
        for (int i = 0; i < count; i++) {
            boolean now = nowNs - dueNs[i] >= 0 || tries[i] == 0 && highest - missing[i] >= overtakers;
            if (now && tries[i] == TRIES_MAX) {
                hopeless = true;
                continue;
            }
            if (now) {
                sequences[asked++] = (int) missing[i] & 0xFFFF;
                if (tries[i] == 0) askedNs[i] = nowNs;
                dueNs[i] = nowNs + retryNs(tries[i]);
                tries[i]++;
            }
            missing[kept] = missing[i];
            sinceNs[kept] = sinceNs[i];
            askedNs[kept] = askedNs[i];
            dueNs[kept] = dueNs[i];
            tries[kept++] = tries[i];
        }
        count = kept;
        return asked;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** True once after something was given up. */
    public boolean takeHopeless() {
        boolean was = hopeless;
        hopeless = false;
        return was;
    }

    /** From question to repair, nanoseconds; 0 = nothing was repaired yet. */
    public long roundTripNs() {
        return roundTrip.ns();
    }

    private long retryNs(int before) {
        if (!roundTrip.known()) return Math.min(RETRY_MOST_NS, RETRY_NS << before); // it may be very long
        return Math.clamp(
                loss1024 < HEAVY_LOSS ? roundTrip.ns() * 5 / 4 : roundTrip.ns() * 5 / 8, RETRY_LEAST_NS, RETRY_MOST_NS);
    }

    private void arrived(long extended, boolean repaired, long nowNs) {
        for (int i = 0; i < count; i++) {
            if (missing[i] != extended) continue;
            if (tries[i] > 0 && (repaired || !tellsRepairs)) {
                if (tries[i] == 1 || !roundTrip.known()) roundTrip.sample(nowNs - askedNs[i]);
                patienceNs -= (patienceNs - PATIENCE_NS) / 16;
                overtakers -= (overtakers - OVERTAKERS) / 16;
            } else if (tries[i] > 0) { // asked for in vain: it was only late
                patienceNs = Math.clamp((nowNs - sinceNs[i]) * 5 / 4, patienceNs, PATIENCE_MAX_NS);
                overtakers = Math.clamp(highest - extended + 1, overtakers, OVERTAKERS_MAX);
            }
            count--;
            System.arraycopy(missing, i + 1, missing, i, count - i);
            System.arraycopy(sinceNs, i + 1, sinceNs, i, count - i);
            System.arraycopy(askedNs, i + 1, askedNs, i, count - i);
            System.arraycopy(dueNs, i + 1, dueNs, i, count - i);
            System.arraycopy(tries, i + 1, tries, i, count - i);
            return;
        }
    }
}
