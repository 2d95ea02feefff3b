package dev.parley.account.domain;

/**
 * What an account may do, as the manuals number it (RTCPEER-2.27): the smaller, the stronger. 4 and 5 are theirs; 1 and 2 are our reading of
 * "administrative"; 3 is not given.
 */
public final class Level {
    /** Administrates the installation; only in the operator's company. */
    public static final int ROOT = 1;
    /** Administrates the own company. */
    public static final int ADMIN = 2;
    /** Ordinary user. */
    public static final int USER = 4;
    /** Takes part in meetings. */
    public static final int PARTICIPANT = 5;

    private Level() {}

    public static boolean exists(int level) {
        return level == ROOT || level == ADMIN || level == USER || level == PARTICIPANT;
    }

    /** Nobody touches an account stronger than the own, nor makes one. */
    public static boolean mayHandle(int own, int other) {
        return own <= other;
    }
}
