package dev.parley.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that the proofs need: ffmpeg, ffprobe. They must be on the PATH. */
final class Tools {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Tools() {}

    /** What the program wrote to its standard output; throws with its whole output when it failed or took over two minutes. */
    static byte[] run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    static byte[] run(List<String> command) throws IOException, InterruptedException {
        Path errors = java.nio.file.Files.createTempFile("parley-tool", ".log");
        // A file and not a pipe: reading a pipe to its end would wait for a program that hangs, whatever the limit.
        Path out = java.nio.file.Files.createTempFile("parley-tool", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(errors.toFile())
                    .redirectOutput(out.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not end within " + LIMIT.toSeconds() + " s:\n"
                        + java.nio.file.Files.readString(errors));
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed with " + process.exitValue() + ":\n"
                        + java.nio.file.Files.readString(errors));
            }
            return java.nio.file.Files.readAllBytes(out);
        } finally {
            java.nio.file.Files.deleteIfExists(errors);
            java.nio.file.Files.deleteIfExists(out);
        }
    }

    static byte[] ffmpeg(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-y"));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }
}
