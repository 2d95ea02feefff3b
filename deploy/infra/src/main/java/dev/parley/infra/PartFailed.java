package dev.parley.infra;

/** A part could not start. The message names the part and the reason, for a person to read. */
public final class PartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PartFailed(String part, Throwable cause) {
        super(part + " did not start: " + cause, cause);
    }
}
