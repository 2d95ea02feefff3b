package dev.parley.vod.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals of the security layer in the one error shape; which check failed is not told. */
public class AccessMapper {
    @ServerExceptionMapper
    public RestResponse<Problem> anonymous(UnauthorizedException e) {
        return answer(ErrorCode.TOKEN_INVALID);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> badToken(AuthenticationFailedException e) {
        return answer(ErrorCode.TOKEN_INVALID);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> forbidden(ForbiddenException e) {
        return answer(ErrorCode.NOT_ALLOWED);
    }

    private static RestResponse<Problem> answer(ErrorCode code) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(code.httpStatus), Problem.of(code))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
