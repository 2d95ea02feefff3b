package dev.parley.account.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a new password must be (after NIST SP 800-63B section 3.1.1: length counts, not classes of characters). Errors: PASSWORD_WEAK. */
public final class PasswordRules {
    public static final int CHARS_MIN = 8;
    /** bcrypt reads no more. */
    public static final int BYTES_MAX = 72;

    private static final int DISTINCT_MIN = 4;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\p{Cs}");

    private PasswordRules() {}

    public static void check(String password, String account) {
        if (password.codePointCount(0, password.length()) < CHARS_MIN
                || password.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX
                || CONTROL.matcher(password).find()
                || password.codePoints().distinct().count() < DISTINCT_MIN
                || password.equalsIgnoreCase(account)) throw new RefusedException(ErrorCode.PASSWORD_WEAK);
    }
}
