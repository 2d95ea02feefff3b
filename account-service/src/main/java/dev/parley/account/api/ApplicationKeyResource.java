package dev.parley.account.api;

import dev.parley.account.crypto.ApplicationKeys;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationKey;
import dev.parley.account.domain.ApplicationKey.Algorithm;
import dev.parley.account.domain.ApplicationKeyStore;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/**
 * The keys that an application's signatures are checked with: every one that has not expired. Errors: APPLICATION_NOT_FOUND, KEY_NOT_FOUND,
 * KEY_UNUSABLE, ACCOUNT_LIMIT, BAD_REQUEST.
 */
@Path("/v1/applications/{bizName}/keys")
@RunOnVirtualThread
public class ApplicationKeyResource {
    /**
     * {@code algorithm} absent = RSA; {@code bits} absent = 2048, of RSA only; {@code publicKey} of a pair that the business made itself,
     * which then says algorithm and size. {@code expiresAtMs} absent = never. {@code othersExpireInS}: the application's other keys run out
     * after so many seconds, which is a rotation; absent = they stay.
     */
    public record AddKey(
            @Pattern(regexp = "RSA|SM2", message = "must be RSA or SM2")
            String algorithm,

            Integer bits,
            @Size(max = 2000) String publicKey,
            @Min(1) Long expiresAtMs,
            @Min(0) @Max(31_536_000) Long othersExpireInS) {}

    public record ChangeKey(@NotNull @Min(1) Long expiresAtMs) {}

    /** {@code expiresAtMs} 0 = never. {@code privateKey} PKCS#8 in Base64, in the answer that makes it and in no other; else "". */
    public record KeyView(
            String id,
            String algorithm,
            int bits,
            String publicKey,
            boolean canMakeSignatures,
            boolean active,
            long createdAtMs,
            long expiresAtMs,
            String privateKey) {}

    private final Applications applications;
    private final ApplicationKeyStore store;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    ApplicationKeyResource(
            Applications applications, ApplicationKeyStore store, Caller caller, Audit audit, Time time) {
        this.applications = applications;
        this.store = store;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    /** Newest first. */
    @GET
    @Needs(Operation.READ_APPLICATION_KEYS)
    public List<KeyView> list(@PathParam("bizName") @Size(max = 64) String bizName) {
        own(bizName);
        return store.list(bizName).stream().map(k -> view(k, "")).toList();
    }

    @POST
    @ResponseStatus(201)
    @Needs(Operation.CHANGE_APPLICATION_KEYS)
    public KeyView add(@PathParam("bizName") @Size(max = 64) String bizName, @NotNull @Valid AddKey request) {
        var application = own(bizName);
        long nowMs = time.nowMs();
        long expiresAtMs = request.expiresAtMs == null ? ApplicationKey.NEVER : request.expiresAtMs;
        if (expiresAtMs <= nowMs) throw new RefusedException(ErrorCode.BAD_REQUEST, "expiresAtMs: is over.");
        long othersUntilMs =
                request.othersExpireInS == null ? ApplicationKey.NEVER : nowMs + request.othersExpireInS * 1000;
        boolean brought = request.publicKey != null && !request.publicKey.isBlank();
        var made = brought
                ? applications.addPublicKey(application, request.publicKey, expiresAtMs, othersUntilMs)
                : applications.addKey(application, algorithm(request), bits(request), expiresAtMs, othersUntilMs);
        audit.target(bizName + " key " + made.key().id() + (brought ? " brought" : " made")
                + (request.othersExpireInS == null ? "" : ", others expire in " + request.othersExpireInS + " s"));
        return view(made.key(), made.privateKey());
    }

    /** When it runs out; in the past = at once. */
    @PATCH
    @Path("{id}")
    @Needs(Operation.CHANGE_APPLICATION_KEYS)
    public KeyView change(
            @PathParam("bizName") @Size(max = 64) String bizName,
            @PathParam("id") @Size(max = 64) String id,
            @NotNull @Valid ChangeKey request) {
        own(bizName);
        if (!store.expire(bizName, id, request.expiresAtMs)) throw new RefusedException(ErrorCode.KEY_NOT_FOUND);
        return store.list(bizName).stream()
                .filter(k -> k.id().equals(id))
                .map(k -> view(k, ""))
                .findFirst()
                .orElseThrow(() -> new RefusedException(ErrorCode.KEY_NOT_FOUND));
    }

    /** Revokes it: its signatures are refused from now on. */
    @DELETE
    @Path("{id}")
    @Needs(Operation.CHANGE_APPLICATION_KEYS)
    public void delete(
            @PathParam("bizName") @Size(max = 64) String bizName, @PathParam("id") @Size(max = 64) String id) {
        own(bizName);
        if (!store.delete(bizName, id)) throw new RefusedException(ErrorCode.KEY_NOT_FOUND);
    }

    private Application own(String bizName) {
        return caller.own(applications.get(bizName));
    }

    private static Algorithm algorithm(AddKey request) {
        return request.algorithm == null ? Algorithm.RSA : Algorithm.valueOf(request.algorithm);
    }

    private static int bits(AddKey request) {
        if (request.bits == null) return Applications.RSA_BITS;
        int bits = request.bits;
        if (bits == ApplicationKeys.RSA_BITS_MIN || bits == 3072 || bits == ApplicationKeys.RSA_BITS_MAX) return bits;
        throw new RefusedException(ErrorCode.BAD_REQUEST, "bits: must be 2048, 3072 or 4096.");
    }

    private KeyView view(ApplicationKey k, String privateKey) {
        return new KeyView(
                k.id(),
                k.algorithm().name(),
                k.bits(),
                k.publicKey(),
                k.hasPrivate(),
                k.activeAt(time.nowMs()),
                k.createdAtMs(),
                k.expiresAtMs() == ApplicationKey.NEVER ? 0 : k.expiresAtMs(),
                privateKey);
    }
}
