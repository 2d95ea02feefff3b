package dev.parley.account.api;

import dev.parley.account.domain.MrtcSignature.Verdict;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.util.Map;

/** What the manual's console has for signatures (MRTC section 2.5): making temporary ones, for trials, and telling whether one is good. */
@Path("/v1/applications/{bizName}")
@RunOnVirtualThread
public class SignatureToolResource {
    private static final Map<String, Duration> LIVES =
            Map.of("24h", Duration.ofHours(24), "3d", Duration.ofDays(3), "7d", Duration.ofDays(7));
    private static final String PLAIN = "\\P{Cntrl}*";

    /** {@code life}: 24h, 3d or 7d. */
    public record MakeSignature(
            @NotBlank @Size(max = 128) @Pattern(regexp = PLAIN, message = "must not hold control characters")
            String uid,

            @NotNull @Pattern(regexp = "24h|3d|7d", message = "must be 24h, 3d or 7d")
            String life) {}

    public record TemporarySignature(String bizName, String uid, long expiresAtMs, String signature) {}

    /** {@code timeStamp}: the expiry that was signed, epoch milliseconds; absent = whatever the signature says. */
    public record VerifySignature(
            @NotBlank @Size(max = 128) @Pattern(regexp = PLAIN, message = "must not hold control characters")
            String uid,

            Long timeStamp,
            @NotBlank @Size(max = 1400) String signature) {}

    /** {@code reason} "" when valid; else what is wrong, which the key's owner may know. {@code expiresAtMs} 0 unless it could be read. */
    public record Verification(boolean valid, String reason, long expiresAtMs) {}

    private final Applications applications;
    private final SignatureChecks checks;
    private final Caller caller;
    private final Audit audit;
    private final Time time;

    SignatureToolResource(Applications applications, SignatureChecks checks, Caller caller, Audit audit, Time time) {
        this.applications = applications;
        this.checks = checks;
        this.caller = caller;
        this.audit = audit;
        this.time = time;
    }

    /** Errors: APPLICATION_NOT_FOUND, KEY_UNUSABLE when every private key is with the business, BAD_REQUEST. */
    @POST
    @Path("signatures")
    @Needs(Operation.MAKE_SIGNATURE)
    public TemporarySignature make(
            @PathParam("bizName") @Size(max = 64) String bizName, @NotNull @Valid MakeSignature request) {
        var application = caller.own(applications.get(bizName));
        Duration life = LIVES.get(request.life);
        if (life.toSeconds() > application.signatureLifeMaxS()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "life: the application refuses signatures that live longer than " + application.signatureLifeMaxS()
                            + " s.");
        }
        long expiresAtMs = time.nowMs() + life.toMillis();
        audit.target(bizName + " uid " + request.uid + " for " + request.life);
        return new TemporarySignature(
                bizName, request.uid, expiresAtMs, checks.make(application, request.uid, expiresAtMs));
    }

    /** Errors: APPLICATION_NOT_FOUND, BAD_REQUEST. A signature that is not good is an answer here. */
    @POST
    @Path("signatures:verify")
    @Needs(Operation.VERIFY_SIGNATURE)
    public Verification verify(
            @PathParam("bizName") @Size(max = 64) String bizName, @NotNull @Valid VerifySignature request) {
        var application = caller.own(applications.get(bizName));
        return switch (checks.check(application, request.uid, request.signature)) {
            case Verdict.Good(long expiresAtMs)
            when request.timeStamp != null && request.timeStamp != expiresAtMs ->
                new Verification(false, "OTHER_TIME_STAMP", expiresAtMs);
            case Verdict.Good(long expiresAtMs) -> new Verification(true, "", expiresAtMs);
            case Verdict.Bad(var reason) -> new Verification(false, reason.name(), 0);
        };
    }
}
