package dev.parley.launcher;

/** Something a person can act on: the message is all that is shown, no stack trace. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fault(String message) {
        super(message);
    }
}
