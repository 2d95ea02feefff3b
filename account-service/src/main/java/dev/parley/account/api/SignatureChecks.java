package dev.parley.account.api;

import dev.parley.account.crypto.ApplicationKeys;
import dev.parley.account.crypto.Sm2;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationKey;
import dev.parley.account.domain.ApplicationKeyStore;
import dev.parley.account.domain.MrtcSignature;
import dev.parley.account.domain.MrtcSignature.Reason;
import dev.parley.account.domain.MrtcSignature.Verdict;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Checks a signature with each active key of its application, and makes temporary ones. Waits on the store. */
@ApplicationScoped
public class SignatureChecks {
    private final ApplicationKeyStore keys;
    private final Time time;

    SignatureChecks(ApplicationKeyStore keys, Time time) {
        this.keys = keys;
        this.time = time;
    }

    /** Errors: BAD_REQUEST when no key is big enough for the uid, so that no signature can exist. */
    Verdict check(Application application, String uid, String signature) {
        long nowMs = time.nowMs();
        byte[] subject = subject(application, uid);
        var active = active(application, nowMs);
        if (active.isEmpty()) return new Verdict.Bad(Reason.NO_KEY);
        boolean fits = false;
        Verdict last = new Verdict.Bad(Reason.NOT_BY_KEY);
        for (var key : active) {
            if (!fits(key, subject)) continue;
            fits = true;
            var verdict = check(application, key, subject, signature, nowMs);
            if (verdict instanceof Verdict.Good) return verdict;
            last = telling(last, verdict);
        }
        if (!fits) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "uid: too long to be signed with this application's key.");
        }
        return last;
    }

    /** Made by the newest active key whose private half is here. Errors: KEY_UNUSABLE, BAD_REQUEST. */
    String make(Application application, String uid, long expiresAtMs) {
        byte[] subject = subject(application, uid);
        var key = active(application, time.nowMs()).stream()
                .filter(ApplicationKey::hasPrivate)
                .findFirst()
                .orElseThrow(() -> new RefusedException(ErrorCode.KEY_UNUSABLE));
        if (!fits(key, subject)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "uid: too long to be signed with this application's key.");
        }
        byte[] privateKey = keys.privateKey(application.bizName(), key.id())
                .orElseThrow(() -> new RefusedException(ErrorCode.KEY_UNUSABLE));
        String text = application.bizName() + application.appId() + application.workspaceId() + uid + expiresAtMs;
        return ApplicationKeys.sign(key.algorithm(), privateKey, text, expiresAtMs);
    }

    private List<ApplicationKey> active(Application application, long nowMs) {
        return keys.list(application.bizName()).stream()
                .filter(k -> k.activeAt(nowMs))
                .toList();
    }

    private static Verdict check(
            Application application, ApplicationKey key, byte[] subject, String signature, long nowMs) {
        long lifeMaxMs = application.signatureLifeMaxS() * 1000L;
        var publicKey = ApplicationKeys.known(key.algorithm(), key.publicKey());
        boolean sm2 = Sm2.isOne(signature);
        if (sm2 != (key.algorithm() == ApplicationKey.Algorithm.SM2)) return new Verdict.Bad(Reason.NOT_BY_KEY);
        return publicKey instanceof RSAPublicKey rsa
                ? MrtcSignature.check(rsa, subject, signature, nowMs, lifeMaxMs)
                : Sm2.check(publicKey, subject, signature, nowMs, lifeMaxMs);
    }

    private static boolean fits(ApplicationKey key, byte[] subject) {
        return !(ApplicationKeys.known(key.algorithm(), key.publicKey()) instanceof RSAPublicKey rsa)
                || MrtcSignature.fits(rsa, subject);
    }

    /** With several keys, the reason of the one that made the signature says more than those of the others. */
    private static Verdict telling(Verdict before, Verdict now) {
        boolean known = before instanceof Verdict.Bad(Reason reason)
                && switch (reason) {
                    case EXPIRED, TOO_FAR_AHEAD, OTHER_TEXT, NO_EXPIRY -> true;
                    default -> false;
                };
        return known ? before : now;
    }

    private static byte[] subject(Application application, String uid) {
        return MrtcSignature.subject(application.bizName(), application.appId(), application.workspaceId(), uid);
    }
}
