package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Two browsers, each with McuController and a colour and a tone of its own; made for the first test class that takes them, closed after the last. */
final class McuPair implements AutoCloseable {
    /** The application that they belong to. */
    final String bizName;

    final McuPage alice;
    final McuPage bob;
    /** What Alice's camera shows. */
    final Picture blue;
    /** What Bob's camera shows. */
    final Picture orange;

    private final Suite suite;
    private final String key;
    private final Path folder = Files.createTempDirectory("mcu");
    private final Person first;
    private final Person second;

    private McuPair(Suite suite) throws Exception {
        this.suite = suite;
        Capture alices = Capture.make(folder, "Alice", "0x1f4fa0", 440);
        Capture bobs = Capture.make(folder, "Bob", "0xa0501f", 1130);
        blue = Picture.at(alices.video(), 1, 0, 0, 1, 1);
        orange = Picture.at(bobs.video(), 1, 0, 0, 1, 1);
        JsonNode made = suite.post(
                "account", "/v1/applications", suite.adminToken(), Map.of("name", "MCU " + System.nanoTime()));
        bizName = made.path("application").path("bizName").asText();
        key = made.path("privateKey").asText();
        first = new Person(alices, 1280, 800, "en-US");
        second = new Person(bobs, 1280, 800, "en-US");
        alice = page(first);
        bob = page(second);
    }

    /** For somebody else of the same application. */
    McuPage page(Person person) {
        return new McuPage(person, suite, bizName, key);
    }

    @Override
    public void close() throws IOException {
        second.close();
        first.close();
        try (var captures = Files.list(folder)) {
            for (Path capture : captures.toList()) Files.delete(capture);
        }
        Files.delete(folder);
    }

    /** Gives test classes the pair. */
    static final class Resolver implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(McuPair.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == McuPair.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            // The suite first: what was made last is closed first.
            Suite suite = RunningSuite.of(context);
            return context.getRoot().getStore(NAMESPACE).computeIfAbsent("pair", key -> made(suite), McuPair.class);
        }

        private static McuPair made(Suite suite) {
            try {
                return new McuPair(suite);
            } catch (Exception e) {
                throw new IllegalStateException("the browsers do not start", e);
            }
        }
    }
}
