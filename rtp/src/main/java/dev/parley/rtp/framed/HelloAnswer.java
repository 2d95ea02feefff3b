package dev.parley.rtp.framed;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.Problem;

/**
 * The relay's one line.
 *
 * @param epoch   tap: names the numbering of frames, per room and boot of the relay
 * @param next    tap: index of the first frame that comes
 * @param code    refusal: number of the ErrorCode, with its name in {@code error} and text in {@code message}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HelloAnswer(boolean ok, String epoch, Long next, Integer code, String error, String message) {
    public static HelloAnswer tap(String epoch, long next) {
        return new HelloAnswer(true, epoch, next, null, null, null);
    }

    public static HelloAnswer ingress() {
        return new HelloAnswer(true, null, null, null, null, null);
    }

    public static HelloAnswer refused(Problem problem) {
        return new HelloAnswer(false, null, null, problem.code(), problem.error(), problem.message());
    }
}
