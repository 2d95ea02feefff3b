package dev.parley.rtp.sdp;

/** The text is no session description that Parley can use. The message names the line and may be shown to the client. */
public final class SdpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** From 1; 0 = about the description as a whole. */
    private final int line;

    public SdpException(int line, String message) {
        super(line == 0 ? "SDP: " + message : "SDP line " + line + ": " + message, null, false, false);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
