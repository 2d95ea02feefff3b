package dev.parley.account.crypto;

import dev.parley.account.domain.Passwords;
import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;

/** bcrypt. It reads 72 bytes and no more, so a longer password is refused rather than cut. */
public final class BcryptPasswords implements Passwords {
    public static final int PASSWORD_BYTES_MAX = 72;
    private final int cost;

    /** @param cost binary logarithm of the rounds, 4 to 31; 12 is about a quarter of a second */
    public BcryptPasswords(int cost) {
        this.cost = cost;
    }

    @Override
    public String hash(String password) {
        if (bytes(password) > PASSWORD_BYTES_MAX)
            throw new IllegalArgumentException("password is longer than 72 bytes");
        return BcryptUtil.bcryptHash(password, cost);
    }

    @Override
    public boolean matches(String password, String hash) {
        boolean same = BcryptUtil.matches(password, hash); // the work is done in any case
        return same && bytes(password) <= PASSWORD_BYTES_MAX;
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
