package dev.parley.account.api;

import dev.parley.account.crypto.Hmacs;
import dev.parley.account.domain.AddressBudget;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.DynamicKey.Hash;
import dev.parley.account.domain.MrtcSignature.Verdict;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.SignatureVerdict;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/** Checks of MRTC signatures for signaling. Errors: SIGNATURE_INVALID for whatever is wrong with it (the log says what), BAD_REQUEST. */
@Path("/v1/signatures:check")
public class SignatureResource {
    private static final Logger LOG = Logger.getLogger(SignatureResource.class);

    /** A client shows its signature when it connects, creates and joins; one that comes more often is being replayed. Per copy. */
    private static final int USES_PER_MINUTE = 120;

    private static final int SIGNATURES_MAX = 100_000;

    private final Applications applications;
    private final SignatureChecks checks;
    private final AddressBudget replays = new AddressBudget(USES_PER_MINUTE, SIGNATURES_MAX);
    private final Time time;

    SignatureResource(Applications applications, SignatureChecks checks, Time time) {
        this.applications = applications;
        this.checks = checks;
        this.time = time;
    }

    @POST
    @Needs(Operation.CHECK_SIGNATURE)
    @RunOnVirtualThread
    public SignatureVerdict check(@NotNull @Valid SignatureCheck request) {
        Application application;
        try {
            application = applications.get(request.bizName());
        } catch (RefusedException e) {
            if (e.code == ErrorCode.APPLICATION_NOT_FOUND) throw refuse(request, "NO_SUCH_APPLICATION");
            throw e;
        }
        if (differs(request.appId(), application.appId())) throw refuse(request, "OTHER_APP_ID");
        if (differs(request.workspaceId(), application.workspaceId())) throw refuse(request, "OTHER_WORKSPACE_ID");
        if (!replays.take(
                Hmacs.digest(Hash.SHA256, request.signature().getBytes(StandardCharsets.UTF_8)), time.nowMs())) {
            throw new RefusedException(ErrorCode.TOO_MANY);
        }
        return switch (checks.check(application, request.uid(), request.signature())) {
            case Verdict.Good(long expiresAtMs) ->
                new SignatureVerdict(application.bizName(), request.uid(), expiresAtMs);
            case Verdict.Bad(var reason) -> throw refuse(request, reason.name());
        };
    }

    private static boolean differs(String given, String own) {
        return given != null && !given.isEmpty() && !given.equals(own);
    }

    private static RefusedException refuse(SignatureCheck request, String reason) {
        LOG.infof(
                "refused a signature: reason %s, bizName %s, uid %s",
                reason, printable(request.bizName()), printable(request.uid()));
        return new RefusedException(ErrorCode.SIGNATURE_INVALID);
    }

    /** What a remote chose must not forge a line of the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
