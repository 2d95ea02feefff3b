package dev.parley.rtp.framed;

import java.io.IOException;

/** The relay answered the hello with a refusal; {@link #code} is the number of an ErrorCode. */
public final class HelloRefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    public final int code;

    public HelloRefusedException(HelloAnswer answer) {
        super(answer.error() + " (" + answer.code() + "): " + answer.message());
        code = answer.code() == null ? 0 : answer.code();
    }
}
