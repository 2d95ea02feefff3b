package dev.parley.account.api;

import dev.parley.account.domain.Operation.Trace;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Asks the permission table before any endpoint runs, before its body is read, and keeps the audit log. */
class Guard {
    private final SignedCall signedCall;
    private final Caller caller;
    private final Audit audit;

    Guard(SignedCall signedCall, Caller caller, Audit audit) {
        this.signedCall = signedCall;
        this.caller = caller;
        this.audit = audit;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void admit(ContainerRequestContext request, ResourceInfo resource) {
        BodyLimit.limit(request);
        var needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) throw new RefusedException(ErrorCode.NOT_ALLOWED); // deny what nobody has decided
        if (request.getHeaderString(SignedCall.APP_ID) != null) caller.called(signedCall.read(request));
        try {
            caller.admit(needs.value());
        } catch (RefusedException e) {
            if (e.code == ErrorCode.NOT_ALLOWED && needs.value().trace == Trace.WHOLE)
                audit.begin(needs.value(), request);
            throw e;
        }
        if (needs.value().trace == Trace.WHOLE) audit.begin(needs.value(), request);
        if (needs.value().trace == Trace.OUTCOME) audit.expect(needs.value(), request);
    }

    @ServerResponseFilter
    void done(ContainerResponseContext response) {
        String code = response.getEntity() instanceof Problem problem ? problem.error() : "";
        audit.end(response.getStatus(), code);
    }
}
