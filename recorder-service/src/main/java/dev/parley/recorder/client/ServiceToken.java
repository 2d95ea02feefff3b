package dev.parley.recorder.client;

import io.quarkus.oidc.client.OidcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;

/** This service's own token from account, for what is not REST. Blocking. */
@ApplicationScoped
public class ServiceToken {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final OidcClient account;

    ServiceToken(OidcClient account) {
        this.account = account;
    }

    public String get() throws IOException {
        try {
            return account.getTokens().await().atMost(TIMEOUT).getAccessToken();
        } catch (RuntimeException e) {
            throw new IOException("account gives no token: " + e.getMessage(), e);
        }
    }
}
