package dev.parley.recorder.live;

/**
 * How long a recorder waits before it opens a lost tap again. A relay that dies is not found dead for some seconds, and then its rooms have a new
 * place: who asks seldom comes there after the people do, and what they said until then is nowhere.
 */
final class TapRetry {
    private static final long FIRST_MS = 100, SOON_MS = 400, LATER_MS = 2_000;
    /** Tries in a row, half a minute, after which nobody is expected soon. */
    private static final int SOON = 75;

    private TapRetry() {}

    /** @param failures in a row, 0 = the tap was open and broke */
    static long pauseMs(int failures) {
        if (failures > SOON) return LATER_MS;
        return Math.min(SOON_MS, FIRST_MS << Math.min(failures, 2));
    }
}
