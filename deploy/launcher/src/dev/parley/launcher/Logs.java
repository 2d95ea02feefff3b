package dev.parley.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code ./parley logs NAME [-f]}. */
final class Logs {
    private Logs() {}

    static int run(Layout layout, String[] arguments) {
        var names = Arrays.stream(arguments).filter(word -> !word.equals("-f")).toList();
        if (names.size() != 1) throw new Fault("usage: ./parley logs NAME [-f], NAME one of " + String.join(", ", Running.ORDER));
        Path log = layout.log(names.getFirst());
        if (!names.getFirst().matches("[a-z.0-9]+") || !Files.exists(log)) throw new Fault("no log " + log);
        var command = names.size() == arguments.length
                ? new String[] {"cat", log.toString()}
                : new String[] {"tail", "-n", "200", "-F", log.toString()};
        return Shell.show(layout.root(), command);
    }

    /** The last lines, for a message about a process that failed. */
    static String end(Path log, int lines) {
        try {
            // Not readAllLines: a process killed in the middle of a character must not hide what it said before.
            String[] all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n");
            var last = Arrays.asList(all).subList(Math.max(0, all.length - lines), all.length);
            return "  the end of " + log + ":\n    " + String.join("\n    ", last);
        } catch (IOException e) {
            return "  and there is no log " + log;
        }
    }
}
