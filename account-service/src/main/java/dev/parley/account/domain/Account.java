package dev.parley.account.domain;

/**
 * Someone who can sign in.
 *
 * @param companyId    the company's name, which is its id
 * @param name         unique in the company
 * @param passwordHash bcrypt, modular crypt format
 * @param group        a group of {@code TokenClaims}: user, admin or root
 */
public record Account(String companyId, String name, String displayName, String passwordHash, String group) {
    /** The subject of this account's tokens, unique over all companies: neither part may hold an {@code @}. */
    public String uid() {
        return name + "@" + companyId;
    }
}
