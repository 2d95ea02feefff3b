package dev.parley.account.api;

import dev.parley.account.crypto.ApplicationKeys;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationKey;
import dev.parley.account.domain.ApplicationKey.Algorithm;
import dev.parley.account.domain.ApplicationKeyStore;
import dev.parley.account.domain.ApplicationStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationCreated;
import dev.parley.contracts.account.ApplicationView;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Makes and finds call applications and their keys. Errors: APPLICATION_NOT_FOUND, NAME_TAKEN, ACCOUNT_LIMIT. Waits on the store. */
@ApplicationScoped
public class Applications {
    /** appId and workspaceId of the manual's examples. */
    static final String DEFAULT = "default";

    static final int RSA_BITS = 2048;

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz";
    private static final int BIZ_NAME_CHARS = 12;
    private static final int ID_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A key pair as its maker sees it, once. @param privateKey PKCS#8 in Base64; "" when the business has it itself */
    record Made(ApplicationKey key, String privateKey) {}

    private final ApplicationStore store;
    private final ApplicationKeyStore keys;
    private final Time time;

    Applications(ApplicationStore store, ApplicationKeyStore keys, Time time) {
        this.store = store;
        this.keys = keys;
        this.time = time;
    }

    public Application get(String bizName) {
        return store.find(bizName).orElseThrow(() -> new RefusedException(ErrorCode.APPLICATION_NOT_FOUND));
    }

    /** A new application: bizName and key pair are made here (MRTC-CON-01). */
    public ApplicationCreated add(Application wanted) {
        var application = new Application(
                wanted.bizName().isEmpty() ? newBizName() : wanted.bizName(),
                wanted.companyId(),
                wanted.name(),
                wanted.appId(),
                wanted.workspaceId(),
                wanted.autoRecord(),
                wanted.callbackUrl(),
                wanted.guestsAllowed(),
                wanted.signatureLifeMaxS(),
                time.nowMs());
        if (!store.add(application)) throw new RefusedException(ErrorCode.NAME_TAKEN);
        var made = addKey(application, Algorithm.RSA, RSA_BITS, ApplicationKey.NEVER, ApplicationKey.NEVER);
        return new ApplicationCreated(view(application), made.privateKey, made.key.publicKey());
    }

    /** @param othersUntilMs when the application's other keys expire; {@link ApplicationKey#NEVER} leaves them */
    Made addKey(Application application, Algorithm algorithm, int bits, long expiresAtMs, long othersUntilMs) {
        KeyPair pair = ApplicationKeys.make(algorithm, bits);
        var known = new ApplicationKeys.Public(
                algorithm, algorithm == Algorithm.RSA ? bits : ApplicationKeys.SM2_BITS, pair.getPublic());
        byte[] privateKey = pair.getPrivate().getEncoded();
        var key = add(application, known, Optional.of(privateKey), expiresAtMs, othersUntilMs);
        return new Made(key, Base64.getEncoder().encodeToString(privateKey));
    }

    /** A key pair that the business made itself. */
    Made addPublicKey(Application application, String publicKey, long expiresAtMs, long othersUntilMs) {
        var known = ApplicationKeys.read(publicKey);
        return new Made(add(application, known, Optional.empty(), expiresAtMs, othersUntilMs), "");
    }

    private ApplicationKey add(
            Application application,
            ApplicationKeys.Public known,
            Optional<byte[]> privateKey,
            long expiresAtMs,
            long othersUntilMs) {
        var key = new ApplicationKey(
                "k" + HexFormat.of().formatHex(randomBytes(ID_BYTES)),
                application.bizName(),
                known.algorithm(),
                known.bits(),
                known.base64(),
                privateKey.isPresent(),
                time.nowMs(),
                expiresAtMs);
        if (!keys.add(key, privateKey, othersUntilMs)) throw new RefusedException(ErrorCode.ACCOUNT_LIMIT);
        return key;
    }

    /** False when the demo is there already. */
    boolean addDemo() {
        if (store.find(FirstStart.DEMO).isPresent()) return false;
        try {
            add(new Application(
                    FirstStart.DEMO,
                    FirstStart.DEMO,
                    "Demo",
                    DEFAULT,
                    DEFAULT,
                    false,
                    "",
                    true,
                    Application.SIGNATURE_LIFE_MAX_S,
                    0));
            return true;
        } catch (RefusedException e) {
            if (e.code == ErrorCode.NAME_TAKEN) return false; // another copy was first
            throw e;
        }
    }

    static ApplicationView view(Application a) {
        return new ApplicationView(
                a.bizName(),
                a.name(),
                a.appId(),
                a.workspaceId(),
                a.autoRecord(),
                a.callbackUrl(),
                a.guestsAllowed(),
                a.createdAtMs());
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Letters only: in the signed text a bizName stands before an appId without a separator. */
    private static String newBizName() {
        var name = new StringBuilder(BIZ_NAME_CHARS);
        for (int i = 0; i < BIZ_NAME_CHARS; i++) name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return name.toString();
    }
}
