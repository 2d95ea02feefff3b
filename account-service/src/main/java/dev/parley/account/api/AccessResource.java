package dev.parley.account.api;

import dev.parley.account.domain.AddressBudget;
import dev.parley.account.domain.CredentialStore.Found;
import dev.parley.account.domain.DynamicKey;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApiRequestCheck;
import dev.parley.contracts.account.ApiSignCheck;
import dev.parley.contracts.account.AppLogin;
import dev.parley.contracts.account.CredentialVerdict;
import dev.parley.contracts.account.DockingAnswer;
import dev.parley.contracts.account.DockingLogin;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What business servers and their users come in with. Errors: CREDENTIAL_INVALID, TOO_MANY, BAD_REQUEST. */
@Path("/v1")
@RunOnVirtualThread
public class AccessResource {
    public record GetSign(
            @NotBlank @Size(max = 64) String appId,
            @NotBlank @Size(max = 128) String secret) {}

    /** {@code sign}: good for 12 h, any number of times. */
    public record SignView(String sign, long expiresAtMs) {}

    private final Access access;
    private final Docking docking;
    private final AddressBudget budget;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    AccessResource(Access access, Docking docking, AddressBudget budget, Caller caller, Audit audit, Time time) {
        this.access = access;
        this.docking = docking;
        this.budget = budget;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    /** The manual's getSign; the secret is in the body, since addresses end up in logs. */
    @POST
    @Path("api-signs")
    @Needs(Operation.GET_API_SIGN)
    public SignView sign(@NotNull @Valid GetSign request) {
        spend();
        audit.actor(request.appId, "");
        var sign = access.sign(request.appId, request.secret);
        return new SignView(sign.sign(), sign.expiresAtMs());
    }

    @POST
    @Path("api-signs:check")
    @Needs(Operation.CHECK_CREDENTIAL)
    public CredentialVerdict check(@NotNull @Valid ApiSignCheck request) {
        var found = access.bySign(request.sign());
        if (!found.companyEnabled()) throw new RefusedException(ErrorCode.CREDENTIAL_INVALID);
        return verdict(found);
    }

    @POST
    @Path("api-requests:check")
    @Needs(Operation.CHECK_CREDENTIAL)
    public CredentialVerdict check(@NotNull @Valid ApiRequestCheck request) {
        return verdict(access.byCall(new DynamicKey.Call(
                request.appId(),
                request.method(),
                request.path(),
                request.timestamp(),
                request.nonce(),
                request.bodyDigest(),
                request.signature())));
    }

    /** Errors besides: AUTH_CODE_MISSING, AUTH_CODE_UNEXPECTED, THIRD_PARTY_AWAY, THIRD_PARTY_REFUSED. */
    @POST
    @Path("app-logins")
    @Needs(Operation.CHECK_CREDENTIAL)
    public CredentialVerdict login(@NotNull @Valid AppLogin request) {
        return verdict(access.byMd5(request.appId(), request.secretMd5(), request.userId(), request.authCode()));
    }

    /** The manual's numbers stand in the answer, so its status is 200 for each of them. */
    @POST
    @Path("docking-logins")
    @Needs(Operation.DOCKING_LOGIN)
    public DockingAnswer dock(@NotNull @Valid DockingLogin request) {
        spend();
        return docking.login(request, caller.address(), caller.agent());
    }

    /** Open to all, so counted per address; a service that passes calls on does its own counting unless it tells the client's address. */
    private void spend() {
        if (!caller.service() && !budget.take(caller.network(), time.nowMs())) {
            throw new RefusedException(ErrorCode.TOO_MANY);
        }
    }

    private static CredentialVerdict verdict(Found found) {
        return new CredentialVerdict(
                found.credential().appId(),
                found.application().bizName(),
                found.application().companyId());
    }
}
