package dev.parley.rtp.sdp;

/** Decimal numbers of strangers, without exceptions. */
final class Numbers {
    private Numbers() {}

    /** The number when the whole text is one between min and max, else the fallback. Digits only: no sign, no space. */
    static long parse(String text, long min, long max, long fallback) {
        if (text.isEmpty() || text.length() > 18) {
            return fallback;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return fallback;
            }
            value = value * 10 + (c - '0');
        }
        return value < min || value > max ? fallback : value;
    }

    static int parse(String text, int min, int max, int fallback) {
        return (int) parse(text, (long) min, (long) max, (long) fallback);
    }
}
