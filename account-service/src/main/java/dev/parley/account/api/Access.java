package dev.parley.account.api;

import dev.parley.account.crypto.Hmacs;
import dev.parley.account.domain.Credential;
import dev.parley.account.domain.CredentialStore;
import dev.parley.account.domain.CredentialStore.Found;
import dev.parley.account.domain.DynamicKey;
import dev.parley.account.domain.ThirdParty;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Checks what business servers show. One answer, CREDENTIAL_INVALID, for whatever is wrong; the log says what. Waits on the store. */
@ApplicationScoped
public class Access {
    private static final Logger LOG = Logger.getLogger(Access.class);
    private static final int SIGN_BYTES = 32;
    /** Stands for the secret of a credential that is not there, so that its absence takes as long as a wrong secret. */
    private static final String NOBODYS_SECRET = "no credential has this secret";

    record Sign(String sign, long expiresAtMs) {}

    private final CredentialStore store;
    private final ThirdParty thirdParty;
    private final Time time;

    Access(CredentialStore store, ThirdParty thirdParty, Time time) {
        this.store = store;
        this.thirdParty = thirdParty;
        this.time = time;
    }

    /** getSign (RTCPEER-6.1). */
    Sign sign(String appId, String secret) {
        var found = store.find(appId, time.nowMs());
        boolean right = Hmacs.same(secret, found.map(Found::secret).orElse(NOBODYS_SECRET));
        if (!right || !usable(found.orElse(null))) throw refuse(appId, "secret");
        String sign = Base64.getUrlEncoder().withoutPadding().encodeToString(Applications.randomBytes(SIGN_BYTES));
        long nowMs = time.nowMs();
        long expiresAtMs = Math.min(
                nowMs + Credential.SIGN_LIFE_MS, found.get().credential().expiresAtMs());
        store.addSign(appId, Sessions.digest(sign), nowMs, expiresAtMs);
        return new Sign(sign, expiresAtMs);
    }

    /** Of a disabled company too: docking has a code of its own for that. */
    Found bySign(String sign) {
        return store.findSign(Sessions.digest(sign), time.nowMs()).orElseThrow(() -> refuse("", "sign"));
    }

    /** An OpenAPI call; each nonce once. */
    Found byCall(DynamicKey.Call call) {
        long nowMs = time.nowMs();
        if (!DynamicKey.wellFormed(call, nowMs)) throw refuse(call.appId(), "form or time");
        var found = store.find(call.appId(), nowMs);
        var hash = DynamicKey.hash(call);
        String wanted =
                hash.prefix + Hmacs.hmac(hash, found.map(Found::secret).orElse(NOBODYS_SECRET), DynamicKey.text(call));
        if (!Hmacs.same(wanted, call.signature()) || !usable(found.orElse(null)))
            throw refuse(call.appId(), "signature");
        // Last, so that only the owner of the secret can use nonces up.
        if (!store.firstUse(call.appId(), call.nonce(), nowMs, nowMs - 2 * DynamicKey.WINDOW_MS)) {
            throw refuse(call.appId(), "nonce seen before");
        }
        return found.get();
    }

    /** CRVideo's appID and MD5 of the secret, and the code of its third-party authentication. */
    Found byMd5(String appId, String secretMd5, String userId, String authCode) {
        var found = store.find(appId, time.nowMs());
        String wanted = Hmacs.md5(found.map(Found::secret).orElse(NOBODYS_SECRET));
        if (!Hmacs.same(wanted, secretMd5.toLowerCase(Locale.ROOT)) || !usable(found.orElse(null))) {
            throw refuse(appId, "md5");
        }
        boolean checked = !found.get().credential().authUrl().isEmpty();
        if (checked == authCode.isBlank()) {
            throw new RefusedException(checked ? ErrorCode.AUTH_CODE_MISSING : ErrorCode.AUTH_CODE_UNEXPECTED);
        }
        if (checked) vouched(found.get(), userId, authCode);
        return found.get();
    }

    /** Asks the third party. Errors: THIRD_PARTY_REFUSED, THIRD_PARTY_AWAY. */
    ThirdParty.Word.Yes vouched(Found found, String account, String authCode) {
        return switch (thirdParty.vouch(found.credential(), found.secret(), account, authCode)) {
            case ThirdParty.Word.Yes yes -> yes;
            case ThirdParty.Word.No(String why) -> {
                LOG.infof(
                        "the third party of %s refused a user: %s",
                        found.credential().appId(), why);
                throw new RefusedException(ErrorCode.THIRD_PARTY_REFUSED);
            }
            case ThirdParty.Word.Away(String why) -> {
                LOG.infof(
                        "the third party of %s did not answer: %s",
                        found.credential().appId(), why);
                throw new RefusedException(ErrorCode.THIRD_PARTY_AWAY);
            }
        };
    }

    private static boolean usable(Found found) {
        return found != null && found.companyEnabled();
    }

    private static RefusedException refuse(String appId, String what) {
        LOG.infof("refused a credential: %s, appId %s", what, appId.replaceAll("\\p{C}", "?"));
        return new RefusedException(ErrorCode.CREDENTIAL_INVALID);
    }
}
