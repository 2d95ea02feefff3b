package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure over REST in the one error shape. */
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return answer(e.code.httpStatus, e.problem());
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response unauthorized(SecurityException e) {
        return answer(401, Problem.of(ErrorCode.TOKEN_INVALID));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return answer(403, Problem.of(ErrorCode.NOT_ALLOWED));
    }

    @ServerExceptionMapper
    Response unknown(NotFoundException e) {
        return answer(404, Problem.of(ErrorCode.NOT_FOUND));
    }

    /** What the framework refuses: bodies that are no JSON, methods that are not there, media types. Its status stays. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status >= 500) return fault(e);
        return answer(status, Problem.of(status == 413 ? ErrorCode.TOO_LARGE : ErrorCode.BAD_REQUEST));
    }

    @ServerExceptionMapper
    Response fault(RuntimeException e) {
        String fault = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(e, "fault %s", fault);
        return answer(500, Problem.of(ErrorCode.INTERNAL, "Fault " + fault + "."));
    }

    private static Response answer(int status, Problem problem) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(problem)
                .build();
    }
}
