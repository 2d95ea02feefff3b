package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.Grant;
import dev.parley.account.domain.Session;
import dev.parley.account.domain.SessionStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignedIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Opens sessions and gives tokens for them. Waits on the store. */
@ApplicationScoped
public class Sessions {
    private static final int SID_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionStore store;
    private final Tokens tokens;
    private final Time time;

    Sessions(SessionStore store, Tokens tokens, Time time) {
        this.store = store;
        this.tokens = tokens;
        this.time = time;
    }

    /** Always a new SID: nobody can choose one for another (session fixation). */
    SignedIn open(Account account, String kind, String address, String agent) {
        byte[] random = new byte[SID_BYTES];
        RANDOM.nextBytes(random);
        String sid = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        long nowMs = time.nowMs();
        var session = new Session(
                UUID.randomUUID().toString(),
                account.number(),
                kind,
                address,
                agent,
                nowMs,
                nowMs,
                Session.endsAtMs(nowMs, nowMs));
        store.add(session, digest(sid));
        return signedIn(account, session, sid);
    }

    /** Errors: TOKEN_INVALID when the session is over or was revoked. */
    SignedIn renew(String sid) {
        var live = store.use(digest(sid), time.nowMs())
                .orElseThrow(() -> new RefusedException(ErrorCode.TOKEN_INVALID, "The session is over."));
        return signedIn(live.account(), live.session(), "");
    }

    private SignedIn signedIn(Account account, Session session, String sid) {
        var token = tokens.issue(Grant.account(account, session.id()));
        return new SignedIn(
                token.token(), token.uid(), token.expiresAtMs(), sid, session.endsAtMs(), Views.user(account));
    }

    static byte[] digest(String sid) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(sid.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
