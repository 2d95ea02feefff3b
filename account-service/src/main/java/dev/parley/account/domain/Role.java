package dev.parley.account.domain;

import dev.parley.contracts.account.TokenClaims;

/** Who asks, as far as rights go: one column of {@link Permissions}. */
public enum Role {
    /** Shows nothing. */
    ANYONE,
    /** Holds a token for rooms and has no session: a guest, or a user of a business's own server. */
    GUEST,
    /** Signed in, level 5. */
    PARTICIPANT,
    /** Signed in, level 4. */
    USER,
    /** Signed in, level 2: administrates the own company. */
    ADMIN,
    /** Signed in, level 1: administrates the installation. */
    ROOT,
    /** A business server that signs its requests with an API credential of one application. */
    APPLICATION,
    /** Another service of the suite. */
    SERVICE;

    /** Of a signed-in account. @param level see {@link Level} */
    public static Role ofLevel(int level) {
        return switch (level) {
            case Level.ROOT -> ROOT;
            case Level.ADMIN -> ADMIN;
            case Level.USER -> USER;
            default -> PARTICIPANT;
        };
    }

    /** The group of {@link TokenClaims} in an account's tokens. */
    public static String groupOfLevel(int level) {
        return switch (ofLevel(level)) {
            case ROOT -> TokenClaims.ROOT;
            case ADMIN -> TokenClaims.ADMIN;
            default -> TokenClaims.USER;
        };
    }
}
