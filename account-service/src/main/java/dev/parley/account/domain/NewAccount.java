package dev.parley.account.domain;

/** An account to be made; the store gives the number. */
public record NewAccount(
        String companyId, String name, String displayName, String passwordHash, int level, Account.Profile profile) {}
