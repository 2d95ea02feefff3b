package dev.parley.rtp.sdp;

import java.util.Locale;

/**
 * Hash of a DTLS certificate (RFC 8122 section 5).
 *
 * @param algorithm lower case, e.g. "sha-256"
 * @param value     upper-case hexadecimal bytes with colons between
 */
public record Fingerprint(String algorithm, String value) {
    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
