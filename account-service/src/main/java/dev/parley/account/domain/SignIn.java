package dev.parley.account.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;

/**
 * Signs accounts in. An unknown account costs as much work and answers the same as a wrong password. Errors: SIGN_IN_FAILED, TOO_MANY.
 * Threads: any; {@link Attempts} guards itself.
 */
public final class SignIn {
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Attempts attempts;
    private final String nobodysHash;

    public SignIn(AccountStore accounts, Passwords passwords, Attempts attempts) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.nobodysHash = passwords.hash("nobody has this password");
    }

    public Account signIn(String company, String name, String password, long nowMs) {
        String who = company + "\n" + name;
        if (!attempts.admit(who, nowMs)) throw new RefusedException(ErrorCode.TOO_MANY);
        var account = accounts.find(company, name);
        boolean right =
                passwords.matches(password, account.map(Account::passwordHash).orElse(nobodysHash));
        if (!right || account.isEmpty()) throw new RefusedException(ErrorCode.SIGN_IN_FAILED);
        attempts.succeeded(who);
        return account.get();
    }
}
