package dev.parley.contracts;

/**
 * The one error shape of every REST answer with a status of 400 or more.
 *
 * @param code    number of the {@link ErrorCode}
 * @param error   its name
 * @param message what happened and what to do; never a secret, never a stack trace
 */
public record Problem(int code, String error, String message) {
    public static Problem of(ErrorCode code) {
        return new Problem(code.number, code.name(), code.advice);
    }

    /** With a detail such as the name of the field at fault, put before the advice. */
    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code.number, code.name(), detail == null ? code.advice : detail + " " + code.advice);
    }
}
