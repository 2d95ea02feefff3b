package dev.parley.signaling.app;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes ids and tokens that nobody can guess. Thread-safe. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** 96 random bits behind a letter that tells what it is, such as {@code p-...}. */
    public static String make(String kind) {
        return kind + "-" + HexFormat.of().formatHex(bytes(12));
    }

    /** 256 random bits, URL-safe. */
    public static String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    /** 9 digits, the first not 0. */
    public static String meetingCode() {
        return Integer.toString(100_000_000 + RANDOM.nextInt(900_000_000));
    }

    /** What is stored in a token's place: SHA-256, hex. */
    public static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
