package dev.parley.relay.domain.congestion;

/** A train of packets sent at once: how far apart they arrive tells what the narrowest link takes. */
final class ProbeTrain {
    /** Fewer arrivals tell nothing. */
    private static final int ARRIVALS_LEAST = 5;

    private static final long PATIENCE_NS = 1_000_000_000L;

    private int number;
    private boolean running;
    private int bytesSent;
    private long targetBits;
    private long startedNs;
    private int arrivals;
    private long bytesAfterFirst;
    private long firstNs;
    private long lastNs;

    /** @param target bits per second: more is not concluded */
    void start(int bytes, long target, long nowNs) {
        number++;
        running = true;
        bytesSent = bytes;
        targetBits = target;
        startedNs = nowNs;
        arrivals = 0;
        bytesAfterFirst = 0;
    }

    void onArrival(int probe, long arrivalNs, int bytes) {
        if (!running || probe != number) return;
        if (arrivals++ == 0) {
            firstNs = lastNs = arrivalNs;
            return;
        }
        bytesAfterFirst += bytes;
        lastNs = Math.max(lastNs, arrivalNs);
    }

    /** What the line takes by the train that has just come in, bits per second; 0 = none has. */
    long takeResult(long nowNs) {
        if (!running) return 0;
        boolean complete = arrivals >= ARRIVALS_LEAST && bytesAfterFirst >= bytesSent / 2;
        if (nowNs - startedNs >= PATIENCE_NS) running = false;
        if (!complete) return 0;
        running = false;
        long tookNs = lastNs - firstNs;
        return tookNs <= 0 ? targetBits : Math.min(targetBits, bytesAfterFirst * 8 * 1_000_000_000L / tookNs);
    }

    boolean running(long nowNs) {
        return running && nowNs - startedNs < PATIENCE_NS;
    }

    int number() {
        return number;
    }
}
