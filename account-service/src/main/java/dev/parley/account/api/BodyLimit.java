package dev.parley.account.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses a body that is too large in the one error shape: one that says so before it is read, one in chunks when it has become so. The HTTP
 * server's own limit, which answers without a word, is twice as high and only a second wall.
 */
@ApplicationScoped
class BodyLimit {
    static final int BYTES_MAX = 64 << 10;

    private static final String DETAIL = "A body may have " + BYTES_MAX + " bytes.";
    /** Before the server's own check. */
    private static final int PRIORITY = 1_000;

    private final String problem;

    BodyLimit(ObjectMapper json) throws JsonProcessingException {
        problem = json.writeValueAsString(Problem.of(ErrorCode.TOO_LARGE, DETAIL));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** Of a body whose length nobody said. */
    static void limit(ContainerRequestContext request) {
        if (request.getHeaderString("Transfer-Encoding") == null) return;
        request.setEntityStream(new Limited(request.getEntityStream()));
    }

    private void check(RoutingContext http) {
        String length = http.request().getHeader("Content-Length");
        if (length == null || !length.matches("[0-9]{1,18}") || Long.parseLong(length) <= BYTES_MAX) {
            http.next();
            return;
        }
        http.response()
                .setStatusCode(ErrorCode.TOO_LARGE.httpStatus)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close") // the rest of the body is not read
                .end(problem);
    }

    private static final class Limited extends FilterInputStream {
        private int left = BYTES_MAX;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) count(1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = super.read(bytes, from, count);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) throw new RefusedException(ErrorCode.TOO_LARGE, DETAIL);
        }
    }
}
