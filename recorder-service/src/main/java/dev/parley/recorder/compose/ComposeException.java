package dev.parley.recorder.compose;

/** A composition failed for a reason that has an event code (MRTC section 3.3). Trying again may help. */
public final class ComposeException extends Exception {
    private static final long serialVersionUID = 1L;
    public final int eventCode;
    /** False when the same journal can only fail again. */
    public final boolean retry;

    public ComposeException(int eventCode, boolean retry, String message, Throwable cause) {
        super(message, cause);
        this.eventCode = eventCode;
        this.retry = retry;
    }
}
