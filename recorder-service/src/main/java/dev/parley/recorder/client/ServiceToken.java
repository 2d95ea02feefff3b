package dev.parley.recorder.client;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** This service's own token from account, for what is not REST. Blocking. */
@ApplicationScoped
public class ServiceToken {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final int FIRST_TRIES = 60;

    private final OidcClient account;

    ServiceToken(OidcClient account) {
        this.account = account;
    }

    /** Gets the first one ahead of time: a recording that begins must not wait for account, nor for the classes that ask it. */
    void prepare(@Observes StartupEvent event) {
        Thread.ofVirtual().name("first-token").start(() -> {
            for (int i = 0; i < FIRST_TRIES; i++) {
                try {
                    get();
                    return;
                } catch (IOException e) { // account may start after us
                    LockSupport.parkNanos(FIRST_PAUSE.toNanos());
                }
            }
        });
    }

    public String get() throws IOException {
        try {
            return account.getTokens().await().atMost(TIMEOUT).getAccessToken();
        } catch (RuntimeException e) {
            throw new IOException("account gives no token: " + e.getMessage(), e);
        }
    }
}
