package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** asyncapi.yaml has the messages of docs/protocol.md, all of them and no others. */
class AsyncApiTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-zA-Z]+`(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z]+)`");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^    ([a-zA-Z-]+):$");

    @Test
    void thePageAndTheMachineReadableFormNameTheSameMessages() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "protocol.md"));
        page = page.substring(page.indexOf("## Life of a connection"), page.indexOf("Ephemeral pushes:"));
        var onPage = new TreeSet<String>();
        var rows = ROW.matcher(page);
        while (rows.find()) {
            var names = NAME.matcher(rows.group(1));
            while (names.find()) onPage.add(names.group(1));
        }
        String yaml = Files.readString(Path.of("src/main/resources/META-INF/resources/asyncapi.yaml"));
        String messages = yaml.substring(yaml.indexOf("components:"), yaml.indexOf("  schemas:"));
        var inYaml = new TreeSet<String>();
        var found = MESSAGE.matcher(messages);
        while (found.find()) {
            String name = found.group(1);
            if (name.startsWith("signal-") || name.endsWith("Answer") || name.equals("refusal") || name.equals("ack"))
                continue;
            inYaml.add(name.replaceFirst("^push-", ""));
        }
        assertTrue(onPage.size() > 40, "the tables were found: " + onPage);
        assertEquals(onPage, inYaml);
    }
}
