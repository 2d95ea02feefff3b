package dev.parley.account.api;

import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationKey;
import dev.parley.account.domain.Credential;
import dev.parley.account.domain.CredentialStore;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** API credentials of an application (CRV-1.7). Errors: APPLICATION_NOT_FOUND, CREDENTIAL_NOT_FOUND, ACCOUNT_LIMIT, BAD_REQUEST. */
@Path("/v1/applications/{bizName}/credentials")
@RunOnVirtualThread
public class CredentialResource {
    private static final int APP_ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    /** {@code authUrl}: who vouches for the users that come with it, "" or absent = nobody; {@code expiresAtMs} absent = never. */
    public record AddCredential(
            @NotBlank @Size(max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String authUrl,

            @Min(1) Long expiresAtMs) {}

    /** What is absent stays as it is. */
    public record ChangeCredential(
            @Size(min = 1, max = 64) @Pattern(regexp = Fields.TEXT, message = Fields.TEXT_ADVICE)
            String name,

            @Size(max = 2048) @Pattern(regexp = Fields.URL_OR_NONE, message = Fields.URL_ADVICE)
            String authUrl) {}

    /** {@code secret}: in the answer that makes it and in no other; else "". {@code expiresAtMs} 0 = never. */
    public record CredentialView(
            String appId, String name, String authUrl, long createdAtMs, long expiresAtMs, String secret) {}

    private final Applications applications;
    private final CredentialStore store;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    CredentialResource(Applications applications, CredentialStore store, Caller caller, Audit audit, Time time) {
        this.applications = applications;
        this.store = store;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    @GET
    @Needs(Operation.READ_CREDENTIALS)
    public List<CredentialView> list(@PathParam("bizName") @Size(max = 64) String bizName) {
        own(bizName);
        return store.list(bizName).stream().map(k -> view(k, "")).toList();
    }

    @POST
    @ResponseStatus(201)
    @Needs(Operation.CHANGE_CREDENTIALS)
    public CredentialView add(
            @PathParam("bizName") @Size(max = 64) String bizName, @NotNull @Valid AddCredential request) {
        own(bizName);
        long expiresAtMs = request.expiresAtMs == null ? ApplicationKey.NEVER : request.expiresAtMs;
        if (expiresAtMs <= time.nowMs()) throw new RefusedException(ErrorCode.BAD_REQUEST, "expiresAtMs: is over.");
        var credential = new Credential(
                "ak" + HexFormat.of().formatHex(Applications.randomBytes(APP_ID_BYTES)),
                bizName,
                request.name.strip(),
                Fields.orElse(request.authUrl, ""),
                time.nowMs(),
                expiresAtMs);
        String secret = newSecret();
        if (!store.add(credential, secret)) throw new RefusedException(ErrorCode.ACCOUNT_LIMIT);
        audit.target(bizName + " credential " + credential.appId());
        return view(credential, secret);
    }

    @PATCH
    @Path("{appId}")
    @Needs(Operation.CHANGE_CREDENTIALS)
    public CredentialView change(
            @PathParam("bizName") @Size(max = 64) String bizName,
            @PathParam("appId") @Size(max = 64) String appId,
            @NotNull @Valid ChangeCredential request) {
        own(bizName);
        return store.update(
                        bizName,
                        appId,
                        k -> new Credential(
                                k.appId(),
                                k.bizName(),
                                Fields.orElse(request.name, k.name()).strip(),
                                Fields.orElse(request.authUrl, k.authUrl()),
                                k.createdAtMs(),
                                k.expiresAtMs()))
                .map(k -> view(k, ""))
                .orElseThrow(() -> new RefusedException(ErrorCode.CREDENTIAL_NOT_FOUND));
    }

    /** A new secret; the old one, and the signs had for it, are refused from now on. */
    @POST
    @Path("{appId}:changeSecret")
    @Needs(Operation.CHANGE_CREDENTIALS)
    public CredentialView changeSecret(
            @PathParam("bizName") @Size(max = 64) String bizName, @PathParam("appId") @Size(max = 64) String appId) {
        own(bizName);
        String secret = newSecret();
        if (!store.changeSecret(bizName, appId, secret)) throw new RefusedException(ErrorCode.CREDENTIAL_NOT_FOUND);
        return store.list(bizName).stream()
                .filter(k -> k.appId().equals(appId))
                .map(k -> view(k, secret))
                .findFirst()
                .orElseThrow(() -> new RefusedException(ErrorCode.CREDENTIAL_NOT_FOUND));
    }

    @DELETE
    @Path("{appId}")
    @Needs(Operation.CHANGE_CREDENTIALS)
    public void delete(
            @PathParam("bizName") @Size(max = 64) String bizName, @PathParam("appId") @Size(max = 64) String appId) {
        own(bizName);
        if (!store.delete(bizName, appId)) throw new RefusedException(ErrorCode.CREDENTIAL_NOT_FOUND);
    }

    private Application own(String bizName) {
        return caller.own(applications.get(bizName));
    }

    /** Too long to be guessed, so guessing need not be slowed down, and nobody can lock a business server out. */
    private static String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Applications.randomBytes(SECRET_BYTES));
    }

    private static CredentialView view(Credential k, String secret) {
        return new CredentialView(
                k.appId(),
                k.name(),
                k.authUrl(),
                k.createdAtMs(),
                k.expiresAtMs() == ApplicationKey.NEVER ? 0 : k.expiresAtMs(),
                secret);
    }
}
