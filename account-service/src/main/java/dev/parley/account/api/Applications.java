package dev.parley.account.api;

import dev.parley.account.crypto.Keys;
import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationCreated;
import dev.parley.contracts.account.ApplicationView;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes and finds call applications. Errors: APPLICATION_NOT_FOUND, NAME_TAKEN. Waits on the store. */
@ApplicationScoped
public class Applications {
    /** appId and workspaceId of the manual's examples. */
    static final String DEFAULT = "default";

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz";
    private static final int BIZ_NAME_CHARS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ApplicationStore store;
    private final SealedBox box;
    private final Time time;

    Applications(ApplicationStore store, SealedBox box, Time time) {
        this.store = store;
        this.box = box;
        this.time = time;
    }

    public Application get(String bizName) {
        return store.find(bizName).orElseThrow(() -> new RefusedException(ErrorCode.APPLICATION_NOT_FOUND));
    }

    /** A new application: bizName and key pair are made here (MRTC-CON-01). */
    public ApplicationCreated add(Application wanted) {
        var pair = Keys.newApplicationKey();
        String publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        byte[] privateKey = pair.getPrivate().getEncoded();
        var application = new Application(
                wanted.bizName().isEmpty() ? newBizName() : wanted.bizName(),
                wanted.companyId(),
                wanted.name(),
                wanted.appId(),
                wanted.workspaceId(),
                publicKey,
                wanted.autoRecord(),
                wanted.callbackUrl(),
                wanted.guestsAllowed(),
                time.nowMs());
        byte[] sealed = box.seal("application key " + application.bizName(), privateKey);
        if (!store.add(application, sealed)) throw new RefusedException(ErrorCode.NAME_TAKEN);
        return new ApplicationCreated(view(application), Base64.getEncoder().encodeToString(privateKey), publicKey);
    }

    /** False when the demo is there already. */
    boolean addDemo() {
        if (store.find(FirstStart.DEMO).isPresent()) return false;
        try {
            add(new Application(FirstStart.DEMO, FirstStart.DEMO, "Demo", DEFAULT, DEFAULT, "", false, "", true, 0));
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

    /** Letters only: in the signed text a bizName stands before an appId without a separator. */
    private static String newBizName() {
        var name = new StringBuilder(BIZ_NAME_CHARS);
        for (int i = 0; i < BIZ_NAME_CHARS; i++) name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        return name.toString();
    }
}
