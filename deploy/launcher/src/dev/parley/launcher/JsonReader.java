package dev.parley.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON (RFC 8259) to maps, lists, strings, longs, doubles, booleans and null. A Fault tells where it is not JSON. */
final class JsonReader {
    private static final int DEPTH_MAX = 100;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) {
        var reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.space();
        if (reader.at != text.length()) throw reader.wrong();
        return value;
    }

    /** @throws Fault when it is not an object */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        if (read(text) instanceof Map<?, ?> map) return (Map<String, Object>) map;
        throw new Fault("this is no JSON object");
    }

    private Object value(int depth) {
        if (depth > DEPTH_MAX) throw wrong();
        space();
        if (at == text.length()) throw wrong();
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        var map = new LinkedHashMap<String, Object>();
        at++;
        if (next('}')) return map;
        do {
            space();
            String name = string();
            if (!next(':')) throw wrong();
            map.put(name, value(depth + 1));
        } while (next(','));
        if (!next('}')) throw wrong();
        return map;
    }

    private List<Object> list(int depth) {
        var list = new ArrayList<>();
        at++;
        if (next(']')) return list;
        do list.add(value(depth + 1));
        while (next(','));
        if (!next(']')) throw wrong();
        return list;
    }

    private String string() {
        if (at >= text.length() || text.charAt(at) != '"') throw wrong();
        var out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw wrong();
    }

    private char escaped() {
        if (++at == text.length()) throw wrong();
        return switch (text.charAt(at)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 >= text.length()) throw wrong();
                at += 4;
                try {
                    yield (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
                } catch (NumberFormatException e) {
                    throw wrong();
                }
            }
            default -> text.charAt(at);
        };
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        String number = text.substring(from, at);
        try {
            if (number.matches("-?[0-9]+")) return Long.parseLong(number);
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) throw wrong();
        at += word.length();
        return value;
    }

    private boolean next(char wanted) {
        space();
        if (at == text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private Fault wrong() {
        return new Fault("this is not JSON, at character " + at);
    }
}
