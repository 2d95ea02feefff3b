package dev.parley.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system. */
final class Shell {
    private Shell() {}

    record Answer(int status, String text) {
        boolean ok() {
            return status == 0;
        }
    }

    /** Runs it with our own terminal and returns its status. */
    static int show(Path directory, String... command) {
        return show(directory, Map.of(), command);
    }

    static int show(Path directory, Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        builder.environment().putAll(environment);
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new Fault("cannot run " + command[0] + ": " + e.getMessage());
        } catch (InterruptedException e) {
            throw new Fault("interrupted");
        }
    }

    /** Runs it and returns what it said, both streams; status 127 when there is no such program. */
    static Answer ask(String... command) {
        return ask(Path.of("").toAbsolutePath(), command);
    }

    static Answer ask(Path directory, String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text.strip());
        } catch (IOException e) {
            return new Answer(127, e.getMessage());
        } catch (InterruptedException e) {
            throw new Fault("interrupted");
        }
    }

    static Optional<Path> which(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
