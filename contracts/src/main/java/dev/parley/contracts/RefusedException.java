package dev.parley.contracts;

/** A refusal: an expected answer with a code, not a fault; it carries no stack trace. Each service's one mapper turns it into a {@link Problem}. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public final ErrorCode code;

    public RefusedException(ErrorCode code) {
        this(code, null);
    }

    public RefusedException(ErrorCode code, String detail) {
        super(Problem.of(code, detail).message(), null, false, false);
        this.code = code;
    }

    public Problem problem() {
        return new Problem(code.number, code.name(), getMessage());
    }
}
