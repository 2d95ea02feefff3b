package dev.parley.relay.domain;

/**
 * Keeps one outgoing stream continuous while its source starts, pauses, drops packets or is replaced: sequence numbers without holes that the
 * relay made itself, timestamps that go on with the wall clock. Each change opens a segment with its own offsets; the last
 * {@link #SEGMENTS} are kept, so that stragglers and NACKs of a while ago still map.
 */
public final class StreamMunger {
    public static final int SEGMENTS = 64;
    /** Answer of {@link #map} and {@link #unmap} for what has no counterpart. */
    public static final long NONE = -1;

    /**
     * What another relay, or another stream after this one, needs to go on without a break.
     *
     * @param lastSequence  extended, of the newest packet sent; -1 = none yet
     * @param lastTimestamp RTP timestamp of the newest packet sent, unsigned 32 bits
     * @param lastSentNs    monotonic clock of that packet
     */
    public record State(long lastSequence, long lastTimestamp, long lastSentNs) {}

    private final int clockRate;
    private final long[] fromIn = new long[SEGMENTS];
    private final long[] toIn = new long[SEGMENTS];
    private final long[] sequenceOffset = new long[SEGMENTS];
    private final int[] timestampOffset = new int[SEGMENTS];
    private final byte[] sourceOf = new byte[SEGMENTS];
    private int segments;
    private long newestIn = NONE;
    private long lastOut;
    private int lastOutTimestamp;
    private long lastSentNs;
    private boolean running;
    private byte source;
    private int mapped;

    /**
     * @param clockRate      of the RTP timestamps, hertz
     * @param firstSequence  of the first packet, 0 to 65535; random by RFC 3550 section 5.1
     * @param firstTimestamp of the first packet
     */
    public StreamMunger(int clockRate, int firstSequence, int firstTimestamp) {
        this(clockRate, new State(0x10000L + firstSequence - 1, firstTimestamp, 0));
    }

    /** Goes on after a stream that was exported. */
    public StreamMunger(int clockRate, State state) {
        this.clockRate = clockRate;
        this.lastOut = state.lastSequence();
        this.lastOutTimestamp = (int) state.lastTimestamp();
        this.lastSentNs = state.lastSentNs();
    }

    public State export() {
        return new State(lastOut, lastOutTimestamp & 0xFFFF_FFFFL, lastSentNs);
    }

    /** False before the first packet, after {@link #pause} and {@link #replaceSource}: then {@link #resume} comes first. */
    public boolean running() {
        return running;
    }

    /** The source goes on later under its own numbering (mute). */
    public void pause() {
        running = false;
    }

    /** Another source with another numbering comes next; packets of the old one can be neither mapped nor resent. */
    public void replaceSource() {
        running = false;
        segments = 0;
        newestIn = NONE;
    }

    /**
     * Another source comes next, such as another size of the same picture; what was sent of the one before can still be resent. Packets that were sent of
     * an earlier source with the same number cannot.
     *
     * @param number 0 to 127, by which {@link #mappedSource} names it
     */
    public void switchSource(int number) {
        if (segments > 0 && sourceOf[newest()] == source) endNewest();
        for (int i = Math.max(0, segments - SEGMENTS); i < segments; i++) {
            int at = i % SEGMENTS;
            if (sourceOf[at] == number) toIn[at] = fromIn[at]; // empty
        }
        running = false;
        source = (byte) number;
        newestIn = NONE;
    }

    /** The next packet to be sent is this one of the source. @param timestamp RTP timestamp of the source */
    public void resume(long extended, long timestamp, long nowNs) {
        int ticks = lastSentNs == 0 ? 0 : Math.max(1, (int) ((nowNs - lastSentNs) / 1_000 * clockRate / 1_000_000));
        resumeAfter(ticks, extended, timestamp);
    }

    /**
     * The same where the outgoing timestamp is known by which the picture belongs to those before it. It is heeded unless it lies more than a second from
     * the newest sent, and goes on at least one tick.
     *
     * @param outTimestamp unsigned 32 bits
     */
    public void resume(long extended, long timestamp, long outTimestamp, long nowNs) {
        int ticks = (int) outTimestamp - lastOutTimestamp;
        if (Math.abs((long) ticks) > clockRate) resume(extended, timestamp, nowNs);
        else resumeAfter(Math.max(1, ticks), extended, timestamp);
    }

    private void resumeAfter(int ticks, long extended, long timestamp) {
        open(extended, lastOut + 1 - extended, lastOutTimestamp + ticks - (int) timestamp);
        running = true;
    }

    /** True when {@link #skip} would leave no hole. */
    public boolean skippable(long extended) {
        return running && extended == newestIn + 1;
    }

    /** A packet of the source that is not sent on and leaves no hole. Only the newest can be left out; false when it is not. */
    public boolean skip(long extended) {
        if (!skippable(extended)) return false;
        int now = newest();
        if (fromIn[now] == extended) { // nothing was sent by this segment yet
            fromIn[now]++;
            sequenceOffset[now]--;
            newestIn = extended;
            return true;
        }
        long offset = sequenceOffset[now] - 1;
        int timestamps = timestampOffset[now];
        newestIn = extended;
        toIn[now] = extended;
        open(extended + 1, offset, timestamps);
        return true;
    }

    /** The outgoing extended sequence number, {@link #NONE} for a packet from before the stream (re)started. Then ask {@link #timestamp}. */
    public long map(long extended) {
        for (int i = segments - 1; i >= Math.max(0, segments - SEGMENTS); i--) {
            int at = i % SEGMENTS;
            if (sourceOf[at] == source && extended >= fromIn[at]) {
                if (extended >= toIn[at]) return NONE;
                mapped = at;
                return extended + sequenceOffset[at];
            }
        }
        return NONE;
    }

    /** The outgoing timestamp of the packet that {@link #map} or {@link #unmap} has just found; unsigned 32 bits. */
    public long timestamp(long timestamp) {
        return (int) timestamp + timestampOffset[mapped] & 0xFFFF_FFFFL;
    }

    /** Of the newest packet sent, unsigned 32 bits. */
    public long lastTimestamp() {
        return lastOutTimestamp & 0xFFFF_FFFFL;
    }

    /** The same by the newest segment: for sender reports. */
    public long newestTimestamp(long timestamp) {
        return (int) timestamp + timestampOffset[newest()] & 0xFFFF_FFFFL;
    }

    /** To be told after a mapped packet was sent. True when newer ones had been sent before it. */
    public boolean onSent(long extended, long outExtended, long outTimestamp, long nowNs) {
        if (extended > newestIn) newestIn = extended;
        if (outExtended <= lastOut) return true;
        lastOut = outExtended;
        lastOutTimestamp = (int) outTimestamp;
        lastSentNs = nowNs;
        return false;
    }

    /** The source's extended number of a sequence number that a subscriber names; {@link #NONE} when never sent or too long ago. */
    public long unmap(int outSequence) {
        long out = lastOut + (short) (outSequence - (int) lastOut);
        for (int i = segments - 1; i >= Math.max(0, segments - SEGMENTS); i--) {
            int at = i % SEGMENTS;
            long in = out - sequenceOffset[at];
            if (in >= fromIn[at] && in < toIn[at] && out <= lastOut) {
                mapped = at;
                return in;
            }
        }
        return NONE;
    }

    /** Of the packet that {@link #unmap} has just found. */
    public int mappedSource() {
        return sourceOf[mapped];
    }

    private void endNewest() {
        toIn[newest()] = Math.min(toIn[newest()], Math.max(newestIn + 1, fromIn[newest()]));
    }

    private void open(long from, long sequences, int timestamps) {
        if (segments > 0 && sourceOf[newest()] == source) endNewest();
        int at = segments++ % SEGMENTS;
        sourceOf[at] = source;
        fromIn[at] = from;
        toIn[at] = Long.MAX_VALUE;
        sequenceOffset[at] = sequences;
        timestampOffset[at] = timestamps;
    }

    private int newest() {
        return (segments - 1) % SEGMENTS;
    }
}
