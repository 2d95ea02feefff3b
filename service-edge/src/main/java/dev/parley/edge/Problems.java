package dev.parley.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every error of a REST interface leaves as a {@link Problem}: refusals of the domain with their own code, refusals of the framework and of the
 * security layer with the nearest one, everything else as {@link ErrorCode#INTERNAL} with an id that is in the log. Which check of a token
 * failed is not told.
 */
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    public RestResponse<Problem> refused(RefusedException e) {
        return answer(e.code, e.problem());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public RestResponse<Problem> noToken(SecurityException e) {
        return answer(ErrorCode.TOKEN_INVALID, Problem.of(ErrorCode.TOKEN_INVALID));
    }

    @ServerExceptionMapper
    public RestResponse<Problem> forbidden(ForbiddenException e) {
        return answer(ErrorCode.NOT_ALLOWED, Problem.of(ErrorCode.NOT_ALLOWED));
    }

    /** Names the fields, in an order that does not change from run to run. */
    @ServerExceptionMapper
    public RestResponse<Problem> invalid(ConstraintViolationException e) {
        String detail = e.getConstraintViolations().stream()
                .map(v -> field(v.getPropertyPath()) + ": " + v.getMessage() + ".")
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(" "));
        return bad(detail);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> wrongType(MismatchedInputException e) {
        return bad(detail(e));
    }

    /** Such as nesting a thousand deep. */
    @ServerExceptionMapper
    public RestResponse<Problem> unreadable(JsonProcessingException e) {
        return bad("The body is not readable JSON.");
    }

    /** What the framework refuses: unreadable JSON, no such path, a method or media type that is not there. */
    @ServerExceptionMapper
    public RestResponse<Problem> framework(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonMappingException json) {
            // A limit may refuse in the midst of reading.
            return json.getCause() instanceof RefusedException refusal ? refused(refusal) : bad(detail(json));
        }
        return switch (status) {
            case 404 -> answer(ErrorCode.NOT_FOUND, Problem.of(ErrorCode.NOT_FOUND));
            case 413 -> answer(ErrorCode.TOO_LARGE, Problem.of(ErrorCode.TOO_LARGE));
            case 400 -> bad("The body is not readable JSON.");
            default -> status < 500 ? withStatus(status, Problem.of(ErrorCode.BAD_REQUEST)) : fault(e);
        };
    }

    @ServerExceptionMapper
    public RestResponse<Problem> fault(Exception e) {
        String id = UUID.randomUUID().toString();
        LOG.error("fault " + id, e);
        return answer(ErrorCode.INTERNAL, Problem.of(ErrorCode.INTERNAL, "Fault " + id + "."));
    }

    private static String detail(JsonMappingException e) {
        String field = e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
        return field.isEmpty() ? "The body is not a JSON object of the right shape." : field + ": has the wrong type.";
    }

    /** The name of the field, without the method and parameter before it. */
    private static String field(Path path) {
        String name = "";
        for (var node : path) if (node.getName() != null) name = node.getName();
        return name.equals("request") ? "body" : name;
    }

    private static RestResponse<Problem> bad(String detail) {
        return answer(ErrorCode.BAD_REQUEST, Problem.of(ErrorCode.BAD_REQUEST, detail));
    }

    private static RestResponse<Problem> answer(ErrorCode code, Problem problem) {
        return withStatus(code.httpStatus, problem);
    }

    private static RestResponse<Problem> withStatus(int status, Problem problem) {
        return RestResponse.ResponseBuilder.<Problem>create(status)
                .entity(problem)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
