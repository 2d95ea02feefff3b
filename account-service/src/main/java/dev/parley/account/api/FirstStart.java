package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.CompanyStore;
import dev.parley.account.domain.Level;
import dev.parley.account.domain.NewAccount;
import dev.parley.account.domain.Passwords;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** What must be there after the first start: token keys, the operator's company with its administrator, the demo if asked for. Safe to repeat. */
@ApplicationScoped
public class FirstStart {
    /** Company of the operator of this installation. */
    public static final String OPERATOR = "operator";
    /** Company and bizName of the demo. */
    public static final String DEMO = "demo";

    private static final Logger LOG = Logger.getLogger(FirstStart.class);
    private static final int SECRET_CHARS_MIN = 16;

    private final Settings settings;
    private final AccountStore accounts;
    private final CompanyStore companies;
    private final Passwords passwords;
    private final Applications applications;
    private final TokenKeys keys;
    private final Time time;

    FirstStart(
            Settings settings,
            AccountStore accounts,
            CompanyStore companies,
            Passwords passwords,
            Applications applications,
            TokenKeys keys,
            Time time) {
        this.settings = settings;
        this.accounts = accounts;
        this.companies = companies;
        this.passwords = passwords;
        this.applications = applications;
        this.keys = keys;
        this.time = time;
    }

    void onStart(@Observes StartupEvent event) {
        if (settings.serviceSecret().length() < SECRET_CHARS_MIN) {
            throw new IllegalStateException("PARLEY_SERVICE_SECRET must have at least 16 characters");
        }
        keys.signer();
        companies.add(OPERATOR, OPERATOR, time.nowMs());
        if (accounts.empty()) addAdministrator();
        if (settings.seedDemo()) addDemo();
    }

    private void addAdministrator() {
        var password = settings.adminPassword().filter(p -> !p.isBlank());
        if (password.isEmpty()) {
            LOG.warn("there is no account, and PARLEY_ADMIN_PASSWORD is not set: nobody can sign in");
            return;
        }
        var admin = new NewAccount(
                OPERATOR, "admin", "Administrator", passwords.hash(password.get()), Level.ROOT, Account.Profile.EMPTY);
        if (accounts.add(admin, time.nowMs()).isPresent()) LOG.info("made the account admin of company " + OPERATOR);
    }

    private void addDemo() {
        companies.add(DEMO, DEMO, time.nowMs());
        if (applications.addDemo()) LOG.info("made the application " + DEMO);
    }
}
