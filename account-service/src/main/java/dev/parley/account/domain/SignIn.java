package dev.parley.account.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;

/**
 * Checks passwords. An unknown or disabled account costs as much work and answers the same as a wrong password. Failures slow down the
 * account and the address they come from. Errors: SIGN_IN_FAILED, TOO_MANY. Threads: any.
 */
public final class SignIn {
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Attempts attempts;
    private final AddressBudget failures;
    private final String nobodysHash;

    /** @param failures how many wrong passwords a minute may come from one address */
    public SignIn(AccountStore accounts, Passwords passwords, Attempts attempts, AddressBudget failures) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.failures = failures;
        this.nobodysHash = passwords.hash("nobody has this password");
    }

    public Account signIn(String company, String name, String password, String address, long nowMs) {
        String who = company + "\n" + name;
        admit(who, address, nowMs);
        var account = accounts.find(company, name).filter(Account::enabled);
        if (!matches(password, account.filter(Account::hasPassword).orElse(null))) {
            throw new RefusedException(ErrorCode.SIGN_IN_FAILED);
        }
        succeeded(who, address);
        return account.orElseThrow();
    }

    /** Whether the password is the account's; guessing is slowed down as at sign-in. Errors: PASSWORD_WRONG, TOO_MANY. */
    public void confirm(Account account, String password, String address, long nowMs) {
        String who = account.companyId() + "\n" + account.name();
        admit(who, address, nowMs);
        if (!matches(password, account.hasPassword() ? account : null)) {
            throw new RefusedException(ErrorCode.PASSWORD_WRONG);
        }
        succeeded(who, address);
    }

    private void admit(String who, String address, long nowMs) {
        if (!failures.take(address, nowMs) || !attempts.admit(who, nowMs)) {
            throw new RefusedException(ErrorCode.TOO_MANY);
        }
    }

    private void succeeded(String who, String address) {
        attempts.succeeded(who);
        failures.giveBack(address);
    }

    private boolean matches(String password, Account account) {
        boolean same = passwords.matches(password, account == null ? nobodysHash : account.passwordHash());
        return same && account != null;
    }
}
