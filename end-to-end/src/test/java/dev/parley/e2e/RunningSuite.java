package dev.parley.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one suite in real processes, started by {@code ./parley up -d} from what Maven has packaged, on ports and with data of its own; stopped after the last
 * test. {@code PARLEY_E2E_BASE} chooses its ports (default 7400). {@code PARLEY_E2E_KEEP=1} takes the one that runs already, if one does, and leaves it running: for a
 * test that is run again and again.
 */
public final class RunningSuite implements ParameterResolver {
    private static final boolean KEEP = "1".equals(System.getenv("PARLEY_E2E_KEEP"));
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSuite.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Suite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    /** The suite of this run, started when nobody has asked for it before. */
    static Suite of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("suite", key -> new Started(), Started.class)
                .suite;
    }

    /** The clone: the folder with the launcher in it. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("parley"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not in a clone of Parley: no executable file named parley above "
                        + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** Runs {@code ./parley} against the tests' suite and gives what it printed; fails when it fails. */
    static String parley(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root().resolve("parley").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("parley", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment()
                .put("PARLEY_HOME", root().resolve("end-to-end/target/suite").toString());
        builder.environment().put("PARLEY_PORT_BASE", System.getenv().getOrDefault("PARLEY_E2E_BASE", "7400"));
        builder.environment().put("PARLEY_BUILD", "0");
        // One start pays nothing back on AOT caches that take longer to train than they save.
        builder.environment().put("PARLEY_AOT", "0");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(480, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String text = Files.readString(out);
        Files.delete(out);
        if (process.isAlive() || process.exitValue() != 0) {
            throw new IOException("./parley " + String.join(" ", arguments) + " failed:\n" + text);
        }
        return text;
    }

    private static final class Started implements AutoCloseable {
        final Suite suite;

        Started() {
            try {
                if (!KEEP) {
                    parley("down");
                    delete(root().resolve("end-to-end/target/suite"));
                }
                parley("up", "-d");
                suite = new Suite(Suite.JSON.readTree(parley("status", "--json")));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("the suite does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (KEEP) return;
            try {
                parley("down");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void delete(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
