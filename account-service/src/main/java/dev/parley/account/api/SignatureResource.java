package dev.parley.account.api;

import dev.parley.account.crypto.Keys;
import dev.parley.account.domain.Application;
import dev.parley.account.domain.MrtcSignature;
import dev.parley.account.domain.MrtcSignature.Verdict;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.SignatureVerdict;
import dev.parley.contracts.account.TokenClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.logging.Logger;

/** Checks of MRTC signatures for signaling. Errors: SIGNATURE_INVALID for whatever is wrong with it (the log says what), BAD_REQUEST. */
@Path("/v1/signatures:check")
public class SignatureResource {
    private static final Logger LOG = Logger.getLogger(SignatureResource.class);

    private final Applications applications;
    private final Time time;

    SignatureResource(Applications applications, Time time) {
        this.applications = applications;
        this.time = time;
    }

    @POST
    @RolesAllowed(TokenClaims.SERVICE)
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
        var key = Keys.applicationPublic(application.publicKey());
        byte[] subject = MrtcSignature.subject(
                application.bizName(), application.appId(), application.workspaceId(), request.uid());
        if (!MrtcSignature.fits(key, subject)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "uid: too long to be signed with this application's key.");
        }
        return switch (MrtcSignature.check(key, subject, request.signature(), time.nowMs())) {
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
