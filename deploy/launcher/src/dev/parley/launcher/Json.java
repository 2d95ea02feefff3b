package dev.parley.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much JSON as a launcher without libraries needs. */
final class Json {
    private Json() {}

    /** Maps, collections, strings, numbers, booleans and null. */
    static String write(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> quote(entry.getKey().toString()) + ": " + write(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case java.util.Collection<?> list -> {
                var text = new StringBuilder("[");
                for (Object element : list) {
                    if (text.length() > 1) text.append(", ");
                    text.append(write(element));
                }
                yield text.append(']').toString();
            }
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quote(value.toString());
        };
    }

    private static String quote(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') out.append('\\').append((char) c);
            else if (c < 0x20) out.append(String.format("\\u%04x", c));
            else out.append((char) c);
        });
        return out.append('"').toString();
    }

    /** The value of a string field, wherever it stands; for answers of one level only. */
    static Optional<String> string(String json, String field) {
        var found = Pattern.compile("\"" + Pattern.quote(field) + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return found.find() ? Optional.of(found.group(1).replace("\\/", "/").replace("\\\"", "\"")) : Optional.empty();
    }
}
