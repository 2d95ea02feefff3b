package dev.parley.account.domain;

import java.util.regex.Pattern;

/**
 * How an OpenAPI call is signed (MRTC-SIG-12): the secret never travels; each call has its own signature over what it asks, good for a few
 * minutes and once. Pure.
 */
public final class DynamicKey {
    /** A caller's clock may differ from ours by this much, either way; nonces are kept for twice as long. */
    public static final long WINDOW_MS = 5 * 60 * 1000;

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");
    private static final Pattern HEX_32_BYTES = Pattern.compile("[0-9a-f]{64}");

    /** The hash that signature and body digest are made with. */
    public enum Hash {
        SHA256("hmac-sha256="),
        /** GB/T 32905. */
        SM3("hmac-sm3=");

        public final String prefix;

        Hash(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * @param path       with its query, as it is sent
     * @param timestamp  epoch milliseconds, 13 digits
     * @param nonce      16 to 64 of {@code A-Z a-z 0-9 _ -}, used once
     * @param bodyDigest lower-case hex of the hash of the body; of the empty body when there is none
     * @param signature  {@code hmac-sha256=} or {@code hmac-sm3=} and lower-case hex
     */
    public record Call(
            String appId,
            String method,
            String path,
            String timestamp,
            String nonce,
            String bodyDigest,
            String signature) {}

    private DynamicKey() {}

    /** What is signed: five lines, joined by line feeds. No part can hold a line feed, so no two calls have the same text. */
    public static String text(Call call) {
        return String.join("\n", call.method, call.path, call.timestamp, call.nonce, call.bodyDigest);
    }

    /** The hash that the signature names; null when it is none. */
    public static Hash hash(Call call) {
        for (var hash : Hash.values()) {
            if (call.signature.startsWith(hash.prefix)
                    && HEX_32_BYTES
                            .matcher(call.signature.substring(hash.prefix.length()))
                            .matches()) return hash;
        }
        return null;
    }

    /** Whether the parts are what they must be and the time is now. */
    public static boolean wellFormed(Call call, long nowMs) {
        return MILLIS.matcher(call.timestamp).matches()
                && Math.abs(Long.parseLong(call.timestamp) - nowMs) <= WINDOW_MS
                && NONCE.matcher(call.nonce).matches()
                && HEX_32_BYTES.matcher(call.bodyDigest).matches()
                && (call.method + call.path).chars().noneMatch(c -> c < ' ')
                && hash(call) != null;
    }
}
