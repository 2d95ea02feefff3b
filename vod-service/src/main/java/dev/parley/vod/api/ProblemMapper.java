package dev.parley.vod.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of this service's REST interface as a {@link Problem}. */
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    public RestResponse<Problem> refused(RefusedException e) {
        return answer(e.code.httpStatus, e.problem());
    }

    @ServerExceptionMapper
    public RestResponse<Problem> json(JacksonException e) {
        return bad("The body is not the JSON that is wanted.");
    }

    /** Apart from the one above, because Quarkus has a mapper of its own for just this kind. */
    @ServerExceptionMapper
    public RestResponse<Problem> field(MismatchedInputException e) {
        String path = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return bad(path.isEmpty() ? "The body is not the JSON that is wanted." : path + ": has the wrong type.");
    }

    @ServerExceptionMapper
    public RestResponse<Problem> web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status == 404) return answer(404, Problem.of(ErrorCode.NOT_FOUND));
        if (status == 400 || status == 415 || status == 405 || status == 406)
            return answer(status, Problem.of(ErrorCode.BAD_REQUEST, "HTTP status " + status + "."));
        if (status == 413) return answer(413, Problem.of(ErrorCode.TOO_LARGE));
        return fault(e);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> fault(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "fault %s", id);
        return answer(500, Problem.of(ErrorCode.INTERNAL, "Fault " + id + "."));
    }

    private static RestResponse<Problem> bad(String detail) {
        return answer(ErrorCode.BAD_REQUEST.httpStatus, Problem.of(ErrorCode.BAD_REQUEST, detail));
    }

    private static RestResponse<Problem> answer(int status, Problem problem) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), problem)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
