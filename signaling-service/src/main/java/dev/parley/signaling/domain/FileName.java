package dev.parley.signaling.domain;

import java.text.Normalizer;

/** Makes any text a name under which a file can be saved anywhere, and that looks like what it is. */
final class FileName {
    /** Most file systems take 255 bytes; three bytes of UTF-8 for nearly every character in use. */
    private static final int CHARS_MAX = 80;

    private static final int ENDING_CHARS_MAX = 12;
    private static final String FORBIDDEN = "<>:\"|?*/\\";
    private static final String NAMELESS = "file";

    private FileName() {}

    /**
     * The last part of a path, without control and format characters (those turn the direction of writing: photo(U+202E)gnp.exe looks like
     * a picture), without what Windows forbids, at most 80 characters of which the ending is kept.
     */
    static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var text = new StringBuilder();
        Normalizer.normalize(last, Normalizer.Form.NFC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> {}
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
                    text.append(' ');
                default -> text.appendCodePoint(FORBIDDEN.indexOf(c) >= 0 ? '_' : c);
            }
        });
        // A dot in front hides a file, dots and blanks at the end are dropped by Windows.
        String trimmed = text.toString().replaceAll("^[ .]+|[ .]+$", "");
        return trimmed.isEmpty() ? NAMELESS : shortened(trimmed);
    }

    private static String shortened(String name) {
        int chars = name.codePointCount(0, name.length());
        if (chars <= CHARS_MAX) return name;
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= ENDING_CHARS_MAX ? name.substring(dot) : "";
        int kept = CHARS_MAX - ending.codePointCount(0, ending.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)).stripTrailing() + ending;
    }
}
