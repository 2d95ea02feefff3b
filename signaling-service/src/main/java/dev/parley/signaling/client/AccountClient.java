package dev.parley.signaling.client;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.account.GuestTokenRequest;
import dev.parley.contracts.account.RoomTokenRequest;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.SignatureVerdict;
import dev.parley.contracts.account.TokenView;
import dev.parley.signaling.domain.port.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Account over REST; applications are remembered for a short time. */
@ApplicationScoped
public class AccountClient implements Accounts {
    private static final long REMEMBER_MS = 30_000;
    private static final int REMEMBERED_MAX = 1_000;

    private record Remembered(ApplicationView application, long untilMs) {}

    private final AccountApi api;
    private final Remote remote;
    private final Clock clock;
    private final ConcurrentHashMap<String, Remembered> applications = new ConcurrentHashMap<>();

    AccountClient(@RestClient AccountApi api, Remote remote, Clock clock) {
        this.api = api;
        this.remote = remote;
        this.clock = clock;
    }

    @Override
    public ApplicationView application(String bizName) {
        long now = clock.millis();
        Remembered known = applications.get(bizName);
        if (known != null && known.untilMs > now) return known.application;
        ApplicationView fresh = remote.call(ErrorCode.UNAVAILABLE, () -> api.application(bizName));
        if (applications.size() >= REMEMBERED_MAX) applications.clear();
        applications.put(bizName, new Remembered(fresh, now + REMEMBER_MS));
        return fresh;
    }

    @Override
    public SignatureVerdict check(SignatureCheck signature) {
        return remote.call(ErrorCode.UNAVAILABLE, () -> api.check(signature));
    }

    @Override
    public TokenView guest(GuestTokenRequest request) {
        return remote.call(ErrorCode.UNAVAILABLE, () -> api.guest(request));
    }

    @Override
    public TokenView roomToken(RoomTokenRequest request) {
        return remote.call(ErrorCode.UNAVAILABLE, () -> api.roomToken(request));
    }
}
