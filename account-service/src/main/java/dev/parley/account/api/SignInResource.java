package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.SignIn;
import dev.parley.contracts.account.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Signing in with a password. Errors: SIGN_IN_FAILED, TOO_MANY, BAD_REQUEST. */
@Path("/v1/sign-in")
public class SignInResource {
    /** {@code company} "" or absent = the operator's own. */
    public record SignInRequest(
            @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
            String company,

            @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
            String account,

            @NotBlank @Size(max = 256) String password) {}

    private final SignIn signIn;
    private final Sessions sessions;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    SignInResource(SignIn signIn, Sessions sessions, Caller caller, Audit audit, Time time) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    @POST
    @Needs(Operation.SIGN_IN)
    @RunOnVirtualThread
    public SignedIn signIn(@NotNull @Valid SignInRequest request) {
        String company = request.company == null || request.company.isBlank() ? FirstStart.OPERATOR : request.company;
        audit.actor(request.account + "@" + company, company);
        var account = signIn.signIn(company, request.account, request.password, caller.network(), time.nowMs());
        return sessions.open(account, "password", caller.address(), caller.agent());
    }
}
