package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.Level;
import dev.parley.account.domain.NewAccount;
import dev.parley.account.domain.PasswordRules;
import dev.parley.account.domain.Passwords;
import dev.parley.account.domain.SessionStore;
import dev.parley.account.domain.SignIn;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;

/** What may be done to accounts, after the permission table has said yes. Waits on the store. */
@ApplicationScoped
public class People {
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Time time;

    People(AccountStore accounts, SessionStore sessions, Passwords passwords, SignIn signIn, Time time) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.signIn = signIn;
        this.time = time;
    }

    /** Errors: USER_NOT_FOUND also for one whom the caller may not see. */
    Account find(Caller caller, String company, long number) {
        return accounts.find(number)
                .filter(a -> a.companyId().equals(company) && caller.sees(a))
                .orElseThrow(() -> new RefusedException(ErrorCode.USER_NOT_FOUND));
    }

    /** Errors: NAME_TAKEN, COMPANY_NOT_FOUND, PASSWORD_WEAK, NOT_ALLOWED. */
    Account add(Caller caller, NewAccount wanted, String password) {
        mayGive(caller, wanted.companyId(), wanted.level());
        PasswordRules.check(password, wanted.name());
        var account = new NewAccount(
                wanted.companyId(),
                wanted.name(),
                wanted.displayName(),
                passwords.hash(password),
                wanted.level(),
                wanted.profile());
        return accounts.add(account, time.nowMs()).orElseThrow(() -> new RefusedException(ErrorCode.NAME_TAKEN));
    }

    /** @param level 0 = as it is @param enabled null = as it is */
    Account change(Caller caller, Account account, int level, Boolean enabled, UnaryOperator<Account> change) {
        boolean self = caller.account().number() == account.number();
        if (level != 0 || enabled != null) {
            // Nobody changes the own rights: so the last administrator cannot lock everybody out.
            if (self) throw new RefusedException(ErrorCode.NOT_ALLOWED);
            if (level != 0) mayGive(caller, account.companyId(), level);
        }
        caller.mayHandle(account.level());
        return accounts.update(account.number(), change)
                .orElseThrow(() -> new RefusedException(ErrorCode.USER_NOT_FOUND));
    }

    void delete(Caller caller, Account account) {
        if (caller.account().number() == account.number()) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        caller.mayHandle(account.level());
        if (!accounts.delete(account.number())) throw new RefusedException(ErrorCode.USER_NOT_FOUND);
    }

    /** For an administrator, of somebody else: all sessions of that one end. */
    void resetPassword(Caller caller, Account account, String password) {
        if (caller.account().number() == account.number()) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        caller.mayHandle(account.level());
        PasswordRules.check(password, account.name());
        setPassword(account, password);
        sessions.deleteAll(account.number(), "");
    }

    /** For oneself, who knows the old one: the other sessions end. Errors: PASSWORD_WRONG, PASSWORD_WEAK, TOO_MANY. */
    void changePassword(Caller caller, String old, String password) {
        var account = caller.account();
        signIn.confirm(account, old, caller.network(), time.nowMs());
        PasswordRules.check(password, account.name());
        setPassword(account, password);
        sessions.deleteAll(account.number(), caller.session().id());
    }

    private void setPassword(Account account, String password) {
        String hash = passwords.hash(password);
        accounts.update(account.number(), a -> With.password(a, hash));
    }

    private static void mayGive(Caller caller, String company, int level) {
        if (!Level.exists(level)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "level: must be 2, 4 or 5, or 1 in the operator's company.");
        }
        if (level == Level.ROOT && !company.equals(FirstStart.OPERATOR)) {
            throw new RefusedException(ErrorCode.NOT_ALLOWED, "Level 1 is for the operator's company.");
        }
        caller.mayHandle(level);
    }
}
