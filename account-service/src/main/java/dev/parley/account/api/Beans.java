package dev.parley.account.api;

import dev.parley.account.crypto.BcryptPasswords;
import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.AddressBudget;
import dev.parley.account.domain.Attempts;
import dev.parley.account.domain.Grant;
import dev.parley.account.domain.OwnToken;
import dev.parley.account.domain.Passwords;
import dev.parley.account.domain.SignIn;
import dev.parley.contracts.account.TokenView;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Base64;

/** Gives the plain classes of domain and crypto their settings. */
@Dependent
class Beans {
    private static final int NAMES_MAX = 100_000;

    @Produces
    @Singleton
    SealedBox sealedBox(Settings settings) {
        return new SealedBox(Base64.getDecoder().decode(settings.masterKey().strip()));
    }

    @Produces
    @Singleton
    Passwords passwords(Settings settings) {
        return new BcryptPasswords(settings.bcryptCost());
    }

    @Produces
    @Singleton
    SignIn signIn(AccountStore accounts, Passwords passwords, Settings settings) {
        var failures = new AddressBudget(settings.wrongPasswordsPerMinute(), NAMES_MAX);
        return new SignIn(accounts, passwords, new Attempts(NAMES_MAX), failures);
    }

    @Produces
    @Singleton
    OwnToken ownToken(Tokens tokens, Time time) {
        return new OwnToken() {
            private volatile TokenView held;

            @Override
            public String get() {
                TokenView token = held;
                if (token == null || token.expiresAtMs() - time.nowMs() < OwnToken.LEFT_MS) {
                    held = token = tokens.issue(Grant.service("account-service"));
                }
                return token.token();
            }
        };
    }

    @Produces
    @Singleton
    AddressBudget guestBudget(Settings settings) {
        return new AddressBudget(settings.guestTokensPerMinute(), NAMES_MAX);
    }
}
