package dev.parley.account.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that says that it is too large, before the HTTP server does so without a word. */
@ApplicationScoped
class BodyLimit {
    /** Before the server's own check. */
    private static final int PRIORITY = 1_000;

    private final long bytesMax;
    private final String problem;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json)
            throws JsonProcessingException {
        bytesMax = limit.asLongValue();
        problem = json.writeValueAsString(Problem.of(ErrorCode.TOO_LARGE, "A body may have " + bytesMax + " bytes."));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext http) {
        String length = http.request().getHeader("Content-Length");
        if (length == null || !length.matches("[0-9]{1,18}") || Long.parseLong(length) <= bytesMax) {
            http.next();
            return;
        }
        http.response()
                .setStatusCode(ErrorCode.TOO_LARGE.httpStatus)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close") // the rest of the body is not read
                .end(problem);
    }
}
