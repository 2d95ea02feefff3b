package dev.parley.signaling.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes what remote services answer into refusals of ours. Thread-safe. */
@Singleton
public class Remote {
    private static final Logger LOG = Logger.getLogger(Remote.class);
    private final ObjectMapper mapper;

    Remote(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @param away what it is to be called when the service does not answer, or answers with what only a fault explains */
    <T> T call(ErrorCode away, Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException e) {
            throw refusal(away, e);
        } catch (ProcessingException e) {
            LOG.warnf("a service does not answer: %s", e.getMessage());
            throw new RefusedException(away);
        }
    }

    void run(ErrorCode away, Runnable call) {
        call(away, () -> {
            call.run();
            return null;
        });
    }

    /** For calls that end something: there is nothing to end is as good. */
    void end(ErrorCode away, Runnable call) {
        try {
            call.run();
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() != 404 && e.getResponse().getStatus() != 410) throw refusal(away, e);
        } catch (ProcessingException e) {
            throw new RefusedException(away);
        }
    }

    private RefusedException refusal(ErrorCode away, WebApplicationException e) {
        Problem problem = problem(e);
        if (problem != null) {
            for (ErrorCode code : ErrorCode.values()) {
                if (code.number != problem.code() || !isAnAnswer(code)) continue;
                String message = problem.message();
                return new RefusedException(
                        code,
                        message == null || !message.endsWith(code.advice) || message.equals(code.advice)
                                ? null
                                : message.substring(0, message.length() - code.advice.length())
                                        .strip());
            }
        }
        LOG.warnf("a service answered %d: %s", e.getResponse().getStatus(), problem);
        return new RefusedException(away);
    }

    /** Codes that tell of a fault between the services are nobody else's business. */
    private static boolean isAnAnswer(ErrorCode code) {
        return switch (code) {
            case TOKEN_INVALID, NOT_ALLOWED, INTERNAL, UNAVAILABLE, NOT_FOUND -> false;
            default -> true;
        };
    }

    private Problem problem(WebApplicationException e) {
        try {
            if (!e.getResponse().hasEntity()) return null;
            return mapper.readValue(e.getResponse().readEntity(String.class), Problem.class);
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }
}
