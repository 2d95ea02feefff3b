package dev.parley.recorder.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** tagPosition of MRTC section 4.4: JSON text that binds tags to windows, as in {@code {"aa":1,"bb":2}}. */
public final class TagPositions {
    private static final int TAGS_MAX = 100;
    private static final Pattern ENTRY =
            Pattern.compile("\\s*\"((?:[^\"\\\\]|\\\\[\"\\\\/])*)\"\\s*:\\s*([0-9]{1,3})\\s*");

    private TagPositions() {}

    /**
     * @param text null or blank = none
     * @throws IllegalArgumentException when it is not such an object, or an index is 0
     */
    public static Map<String, Integer> parse(String text) {
        var positions = new LinkedHashMap<String, Integer>();
        if (text == null || text.isBlank()) return positions;
        String body = text.strip();
        if (!body.startsWith("{") || !body.endsWith("}")) throw new IllegalArgumentException("not a JSON object");
        var entry = ENTRY.matcher(body.substring(1, body.length() - 1));
        int at = 0;
        int end = entry.regionEnd();
        if (body.substring(1, body.length() - 1).isBlank()) return positions;
        while (true) {
            if (!entry.region(at, end).lookingAt()) throw new IllegalArgumentException("not a tag with a number");
            int index = Integer.parseInt(entry.group(2));
            if (index == 0 || positions.size() >= TAGS_MAX) throw new IllegalArgumentException("indexes begin at 1");
            positions.put(entry.group(1).replaceAll("\\\\(.)", "$1"), index);
            at = entry.end();
            if (at == end) return positions;
            if (body.charAt(1 + at) != ',') throw new IllegalArgumentException("a comma is missing");
            at++;
        }
    }
}
