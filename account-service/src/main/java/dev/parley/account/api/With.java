package dev.parley.account.api;

import dev.parley.account.domain.Account;

/** Accounts with one thing changed. */
final class With {
    private With() {}

    static Account password(Account a, String hash) {
        return new Account(
                a.number(),
                a.companyId(),
                a.name(),
                a.displayName(),
                hash,
                a.level(),
                a.profile(),
                a.enabled(),
                a.createdAtMs());
    }

    static Account rights(Account a, int level, boolean enabled) {
        return new Account(
                a.number(),
                a.companyId(),
                a.name(),
                a.displayName(),
                a.passwordHash(),
                level,
                a.profile(),
                enabled,
                a.createdAtMs());
    }

    static Account profile(Account a, String displayName, Account.Profile profile) {
        return new Account(
                a.number(),
                a.companyId(),
                a.name(),
                displayName,
                a.passwordHash(),
                a.level(),
                profile,
                a.enabled(),
                a.createdAtMs());
    }
}
