package dev.parley.recorder.domain.layout;

import java.util.Map;
import java.util.TreeMap;

/**
 * How windows are to stand: layoutMode, multiModeType, tagPosition and mixPosition of MRTC section 4.4.
 *
 * @param positions window index by tag or by the beginning of a tag, from 1
 * @param custom    windows by index, which replace the template; empty = the mode's template
 */
public record Arrangement(Mode mode, boolean portrait, Map<String, Integer> positions, TreeMap<Integer, Rect> custom) {
    /** layoutMode 0, 1, 2. */
    public enum Mode {
        TWO,
        PICTURE_IN_PICTURE,
        MANY
    }

    public static final Arrangement DEFAULT = new Arrangement(Mode.TWO, false, Map.of(), new TreeMap<>());

    /** The index that a tag is bound to: the same tag first, then the longest beginning of it; 0 = none. */
    int position(String tag) {
        Integer exact = positions.get(tag);
        if (exact != null) return exact;
        String best = "";
        for (String beginning : positions.keySet()) {
            if (tag.startsWith(beginning) && beginning.length() > best.length()) best = beginning;
        }
        return positions.getOrDefault(best, 0);
    }
}
