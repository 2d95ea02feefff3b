package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.CompanyStore;
import dev.parley.account.domain.CredentialStore.Found;
import dev.parley.account.domain.Level;
import dev.parley.account.domain.NewAccount;
import dev.parley.account.domain.ThirdParty;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.DockingAnswer;
import dev.parley.contracts.account.DockingLogin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Signs in users of a third party that vouches for them (RTCPEER-6.2). An account made here has no password, and one that has a password
 * cannot be entered from here: so no business server becomes its administrator by naming one. Waits on the store and on the third party.
 */
@ApplicationScoped
public class Docking {
    private final Access access;
    private final CompanyStore companies;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final Audit audit;
    private final Time time;

    Docking(Access access, CompanyStore companies, AccountStore accounts, Sessions sessions, Audit audit, Time time) {
        this.access = access;
        this.companies = companies;
        this.accounts = accounts;
        this.sessions = sessions;
        this.audit = audit;
        this.time = time;
    }

    DockingAnswer login(DockingLogin request, String address, String agent) {
        Found found;
        try {
            found = access.bySign(request.sign());
        } catch (RefusedException e) {
            if (e.code == ErrorCode.CREDENTIAL_INVALID) return DockingAnswer.failed(DockingAnswer.APPKEY);
            throw e;
        }
        String company = found.application().companyId();
        if (!found.companyEnabled() || differs(request.company(), company)) {
            return DockingAnswer.failed(DockingAnswer.COMPANY);
        }
        if (differs(request.appkey(), found.credential().appId())) return DockingAnswer.failed(DockingAnswer.APPKEY);
        audit.actor(request.account() + "@" + company, company);
        ThirdParty.Word.Yes word;
        try {
            word = found.credential().authUrl().isEmpty()
                    ? new ThirdParty.Word.Yes("", "", "", "")
                    : access.vouched(found, request.account(), Fields.orElse(request.authCode(), ""));
        } catch (RefusedException e) {
            if (e.code == ErrorCode.THIRD_PARTY_AWAY || e.code == ErrorCode.THIRD_PARTY_REFUSED) {
                return DockingAnswer.failed(DockingAnswer.CALLBACK);
            }
            throw e;
        }
        return registered(request, company, word)
                .map(account -> new DockingAnswer(
                        DockingAnswer.OK,
                        sessions.open(account, "docking", address, agent),
                        companies.find(company).map(Views::company).orElse(null)))
                .orElse(DockingAnswer.failed(DockingAnswer.NOT_REGISTERED));
    }

    /** The account as it is to be; empty when there is one that does not come from here. */
    private Optional<Account> registered(DockingLogin request, String company, ThirdParty.Word.Yes word) {
        String name = UserResource.normal(request.account());
        int level = request.level() != null && request.level() == Level.PARTICIPANT ? Level.PARTICIPANT : Level.USER;
        var known = accounts.find(company, name);
        if (known.isEmpty()) {
            var fresh = new NewAccount(
                    company,
                    name,
                    first(word.userName(), request.userName(), name),
                    Account.NO_PASSWORD,
                    level,
                    new Account.Profile(
                            word.email(),
                            "",
                            photo(first(word.avatar(), request.avatar(), "")),
                            "",
                            first(word.job(), request.job(), "")));
            var added = accounts.add(fresh, time.nowMs());
            if (added.isPresent()) return added;
            known = accounts.find(company, name); // another request was first
        }
        return known.filter(a -> !a.hasPassword() && a.enabled() && a.level() >= Level.USER)
                .flatMap(a ->
                        accounts.update(a.number(), b -> With.rights(updated(b, request, word), level, b.enabled())));
    }

    private static Account updated(Account a, DockingLogin request, ThirdParty.Word.Yes word) {
        var p = a.profile();
        return With.profile(
                a,
                first(word.userName(), request.userName(), a.displayName()),
                new Account.Profile(
                        first(word.email(), null, p.email()),
                        p.phone(),
                        photo(first(word.avatar(), request.avatar(), p.photo())),
                        p.address(),
                        first(word.job(), request.job(), p.job())));
    }

    private static boolean differs(String given, String own) {
        return given != null && !given.isEmpty() && !given.equals(own);
    }

    private static String first(String word, String asked, String otherwise) {
        if (!word.isBlank()) return word;
        return asked == null || asked.isBlank() ? otherwise : asked;
    }

    /** What a third party calls an avatar is shown in pages: an address of the web, or none. */
    private static String photo(String url) {
        return url.matches(Fields.URL_OR_NONE) ? url : "";
    }
}
