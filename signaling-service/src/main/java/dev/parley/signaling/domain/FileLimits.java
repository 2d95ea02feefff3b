package dev.parley.signaling.domain;

import java.util.List;
import java.util.Locale;

/**
 * Which files people may send each other.
 *
 * @param bytesMax     of one file
 * @param typesAllowed empty = all but those denied. Each is a type ({@code image/png}), all of a kind ({@code image/*}) or an ending of
 *     names ({@code .pdf}), as in the attribute {@code accept} of HTML
 * @param typesDenied  the same; goes before what is allowed
 * @param offersMax    files that one participant may have offered and not yet sent
 * @param uploadMs     within which an upload must begin, milliseconds
 * @param linkMs       how long a link leads to the file, milliseconds, at most 7 days (the limit of S3's signed addresses)
 */
public record FileLimits(
        long bytesMax, List<String> typesAllowed, List<String> typesDenied, int offersMax, long uploadMs, long linkMs) {
    /** How much longer than {@code uploadMs} an offer stands: for an upload that begins at the last moment. */
    private static final long SLOW_UPLOAD_MS = 60 * 60 * 1_000L;

    private static final long LINK_MS_MAX = 7 * 24 * 60 * 60 * 1_000L;

    public FileLimits {
        typesAllowed = List.copyOf(typesAllowed);
        typesDenied = List.copyOf(typesDenied);
        if (linkMs < 1_000 || linkMs > LINK_MS_MAX || uploadMs < 1_000 || uploadMs > LINK_MS_MAX)
            throw new IllegalArgumentException("addresses of files are valid for 1 s to 7 days");
    }

    /** @param name in the form of {@link FileName}; @param type in lower case */
    boolean allows(String name, String type) {
        if (matches(typesDenied, name, type)) return false;
        return typesAllowed.isEmpty() || matches(typesAllowed, name, type);
    }

    private static boolean matches(List<String> patterns, String name, String type) {
        String lowerName = name.toLowerCase(Locale.ROOT);
        for (String pattern : patterns) {
            String wanted = pattern.strip().toLowerCase(Locale.ROOT);
            if (wanted.startsWith(".") && lowerName.endsWith(wanted)) return true;
            if (wanted.endsWith("/*") && type.startsWith(wanted.substring(0, wanted.length() - 1))) return true;
            if (type.equals(wanted)) return true;
        }
        return false;
    }

    /** How long an offer can still be sent, milliseconds. */
    public long offerMs() {
        return uploadMs + SLOW_UPLOAD_MS;
    }

    /** After how long nothing leads to what was offered, milliseconds. */
    public long keepMs() {
        return offerMs() + linkMs;
    }
}
