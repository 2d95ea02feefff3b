package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.Company;
import dev.parley.contracts.account.CompanyView;
import dev.parley.contracts.account.UserView;

/** What leaves the service of accounts and companies; no password, no hash. */
final class Views {
    private Views() {}

    static UserView user(Account a) {
        var p = a.profile();
        return new UserView(
                a.number(),
                a.name(),
                a.companyId(),
                a.displayName(),
                a.level(),
                p.email(),
                p.phone(),
                p.photo(),
                p.address(),
                p.job(),
                a.enabled(),
                a.createdAtMs());
    }

    static CompanyView company(Company c) {
        return new CompanyView(
                c.id(),
                c.number(),
                c.displayName(),
                c.email(),
                c.phone(),
                c.logo(),
                c.address(),
                c.enabled(),
                c.createdAtMs());
    }
}
