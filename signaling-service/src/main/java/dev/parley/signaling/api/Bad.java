package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;

/** Checks of what came over REST. Errors: BAD_REQUEST, naming the field. */
final class Bad {
    private Bad() {}

    static RefusedException request(String what) {
        return new RefusedException(ErrorCode.BAD_REQUEST, what + ".");
    }

    /** "" for null. */
    static String text(String name, String value, int charsMax) {
        if (value == null) return "";
        if (value.length() > charsMax) throw request(name + " is longer than " + charsMax + " characters");
        if (value.indexOf('\0') >= 0) throw request(name + " contains U+0000");
        return value;
    }

    static int number(String name, Integer value, int otherwise, int min, int max) {
        if (value == null) return otherwise;
        if (value < min || value > max) throw request(name + " is not between " + min + " and " + max);
        return value;
    }
}
