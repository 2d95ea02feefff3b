package dev.parley.account.api;

import io.quarkus.test.junit.QuarkusMock;

/** A clock that stands still, so that what is counted by time does not depend on how fast the machine is. */
final class FixedTime extends Time {
    private final long nowMs;

    private FixedTime(long nowMs) {
        this.nowMs = nowMs;
    }

    /** For the rest of the test. */
    static void now() {
        at(System.currentTimeMillis());
    }

    static void at(long nowMs) {
        QuarkusMock.installMockForType(new FixedTime(nowMs), Time.class);
    }

    @Override
    public long nowMs() {
        return nowMs;
    }
}
