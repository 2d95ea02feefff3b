package dev.parley.signaling.api.ws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Json;
import dev.parley.signaling.domain.WireName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one JSON object strictly: a field of the wrong type or beyond its limit is BAD_REQUEST, and the message names it. Absent
 * and null are the same. Unknown fields are ignored.
 */
public final class Fields {
    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    public static Fields of(JsonNode object) {
        return of(object, "");
    }

    private static Fields of(JsonNode object, String path) {
        if (object != null && !object.isObject() && !object.isNull() && !object.isMissingNode())
            throw bad((path.isEmpty() ? "data" : path) + " is not an object");
        return new Fields(object, path.isEmpty() ? "" : path + ".");
    }

    public boolean has(String name) {
        return node(name) != null;
    }

    /** A text that must be there and not be empty. */
    public String text(String name, int charsMax) {
        String value = optionalText(name, charsMax);
        if (value.isEmpty()) throw bad(path + name + " is missing");
        return value;
    }

    /** "" when absent. */
    public String optionalText(String name, int charsMax) {
        JsonNode node = node(name);
        if (node == null) return "";
        if (!node.isTextual()) throw bad(path + name + " is not a string");
        String value = node.textValue();
        if (value.length() > charsMax) throw bad(path + name + " is longer than " + charsMax + " characters");
        // What PostgreSQL and logs cannot hold is nobody's name or text.
        if (value.indexOf('\0') >= 0) throw bad(path + name + " contains U+0000");
        return value;
    }

    public int number(String name, int otherwise, int min, int max) {
        JsonNode node = node(name);
        if (node == null) return otherwise;
        if (!node.isIntegralNumber()) throw bad(path + name + " is not a whole number");
        if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max)
            throw bad(path + name + " is not between " + min + " and " + max);
        return node.intValue();
    }

    /** A whole number from 0 that may be large; 0 when absent. */
    public long whole(String name) {
        JsonNode node = node(name);
        if (node == null) return 0;
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0)
            throw bad(path + name + " is not a whole number from 0");
        return node.longValue();
    }

    public boolean flag(String name, boolean otherwise) {
        Boolean value = optionalFlag(name);
        return value == null ? otherwise : value;
    }

    public boolean flag(String name) {
        Boolean value = optionalFlag(name);
        if (value == null) throw bad(path + name + " is missing");
        return value;
    }

    /** Null when absent. */
    public Boolean optionalFlag(String name) {
        JsonNode node = node(name);
        if (node == null) return null;
        if (!node.isBoolean()) throw bad(path + name + " is not true or false");
        return node.booleanValue();
    }

    /** @param bytesMax of its JSON text in UTF-16 characters */
    public Json json(String name, int charsMax) {
        JsonNode node = node(name);
        if (node == null) return Json.NULL;
        String text = node.toString();
        if (text.length() > charsMax) throw bad(path + name + " is longer than " + charsMax + " characters");
        if (text.contains("\\u0000")) throw bad(path + name + " contains U+0000");
        return new Json(text);
    }

    public <E extends Enum<E> & WireName> E choice(String name, Class<E> type, E otherwise) {
        String text = optionalText(name, 64);
        if (text.isEmpty()) {
            if (otherwise == null) throw bad(path + name + " is missing");
            return otherwise;
        }
        for (E value : type.getEnumConstants()) if (value.wire().equals(text)) return value;
        var names = new ArrayList<String>();
        for (E value : type.getEnumConstants()) names.add(value.wire());
        throw bad(path + name + " is none of " + String.join(", ", names));
    }

    public Fields object(String name) {
        return of(node(name), path + name);
    }

    public Set<String> texts(String name, int charsMax, int countMax) {
        var values = new LinkedHashSet<String>();
        for (JsonNode item : array(name, countMax)) {
            if (!item.isTextual()
                    || item.textValue().isEmpty()
                    || item.textValue().length() > charsMax)
                throw bad(path + name + " has an item that is not a string of 1 to " + charsMax + " characters");
            values.add(item.textValue());
        }
        return values;
    }

    public <T> List<T> objects(String name, int countMax, Function<Fields, T> reader) {
        var values = new ArrayList<T>();
        for (JsonNode item : array(name, countMax)) {
            if (!item.isObject()) throw bad(path + name + " has an item that is not an object");
            values.add(reader.apply(of(item, path + name + "[" + values.size() + "]")));
        }
        return values;
    }

    /** As it came, or null. */
    public JsonNode node(String name) {
        JsonNode node = object == null ? null : object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private Iterable<JsonNode> array(String name, int countMax) {
        JsonNode node = node(name);
        if (node == null) return List.of();
        if (!node.isArray()) throw bad(path + name + " is not an array");
        if (node.size() > countMax) throw bad(path + name + " has more than " + countMax + " items");
        return node;
    }

    public static RefusedException bad(String what) {
        return new RefusedException(ErrorCode.BAD_REQUEST, what + ".");
    }
}
