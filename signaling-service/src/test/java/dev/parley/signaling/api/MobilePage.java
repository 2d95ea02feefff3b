package dev.parley.signaling.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** docs/mobile.md as data: which messages with which fields the functions of mobile SDKs are. */
final class MobilePage {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:AND|IOS|SIGN)-[^|]+) \\|[^|]*\\| ([^|]+) \\|$");
    private static final Pattern CALL = Pattern.compile("`([a-zA-Z]+)`(?: \\(((?:`[a-zA-Z]+`(?:, )?)+)\\))?");
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z]+)`");
    private static final Pattern ID = Pattern.compile("(?:AND|IOS)(?:-CB)?-\\d\\d");

    /** A message as one row names it. */
    record Call(String row, String message, List<String> fields) {}

    final List<Call> calls = new ArrayList<>();
    /** All ids of functions and callbacks, also of those on the device alone. */
    final Set<String> ids = new TreeSet<>();

    MobilePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "mobile.md"));
        var found = ID.matcher(page);
        while (found.find()) ids.add(found.group());
        var rows = ROW.matcher(page);
        while (rows.find()) {
            var cells = CALL.matcher(rows.group(2));
            while (cells.find()) {
                var fields = new ArrayList<String>();
                if (cells.group(2) != null) {
                    var names = NAME.matcher(cells.group(2));
                    while (names.find()) fields.add(names.group(1));
                }
                calls.add(new Call(rows.group(1), cells.group(1), fields));
            }
        }
    }

    /** Requests that a mobile client sends by this page. */
    Set<String> requests(Map<String, String> messages) {
        var requests = new TreeSet<String>();
        for (Call call : calls) if (messages.containsKey(call.message())) requests.add(call.message());
        return requests;
    }

    /** asyncapi.yaml's messages by key, such as {@code joinRoom}, {@code joinRoomAnswer}, {@code push-text}, each as its text. */
    static Map<String, String> messages() throws IOException {
        String yaml = Files.readString(Path.of("src/main/resources/META-INF/resources/asyncapi.yaml"));
        String part = yaml.substring(yaml.indexOf("components:"), yaml.indexOf("  schemas:"));
        var messages = new LinkedHashMap<String, String>();
        var blocks =
                Pattern.compile("(?m)^    ([a-zA-Z-]+):\\n((?: {5,}.*\\n)+)").matcher(part);
        while (blocks.find()) messages.put(blocks.group(1), blocks.group(2));
        return messages;
    }
}
