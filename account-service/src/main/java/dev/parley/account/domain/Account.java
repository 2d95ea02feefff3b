package dev.parley.account.domain;

/**
 * Someone who can sign in.
 *
 * @param number       the manuals' numeric user id, unique over all companies and never used twice
 * @param companyId    the company's name, which is its id
 * @param name         the account, unique in the company
 * @param passwordHash bcrypt, modular crypt format; {@link #NO_PASSWORD} for those whom a third party vouches for
 * @param level        see {@link Level}
 * @param enabled      whether both the account and its company may sign in
 */
public record Account(
        long number,
        String companyId,
        String name,
        String displayName,
        String passwordHash,
        int level,
        Profile profile,
        boolean enabled,
        long createdAtMs) {
    /** Matches no password. */
    public static final String NO_PASSWORD = "!";

    /** What else the manuals keep of a user (RTCPEER-8.1); each "" when not given. */
    public record Profile(String email, String phone, String photo, String address, String job) {
        public static final Profile EMPTY = new Profile("", "", "", "", "");
    }

    /** The subject of this account's tokens, unique over all companies: a company's id holds no {@code @}. */
    public String uid() {
        return name + "@" + companyId;
    }

    public boolean hasPassword() {
        return !passwordHash.equals(NO_PASSWORD);
    }

    public Role role() {
        return Role.ofLevel(level);
    }
}
