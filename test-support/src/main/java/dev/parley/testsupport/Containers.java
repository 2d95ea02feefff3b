package dev.parley.testsupport;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Whether the parts are containers: asked for by {@code -Dparley.parts=containers}, which the Maven profile {@code containers} sets.
 * JUnit finds this class by its service file (Quarkus turns that search on); where containers are asked for and no Docker engine answers, it skips the tests of parts,
 * and says so in one line per JVM.
 */
public final class Containers implements ExecutionCondition {
    /** For tests of parts that are no Quarkus tests. */
    static final String TAG = "real-parts";

    /** Quarkus tags its tests so, that is to say by the name of the annotation. */
    private static final String QUARKUS_TEST = "io.quarkus.test.junit.QuarkusTest";

    private static final String NO_DOCKER =
            "SKIPPED: -Pcontainers wants a Docker engine and none answers here; the tests of PostgreSQL, Kafka and S3 did not run";
    /** Held, because java.util.logging forgets a logger, and its level, that nobody holds. It would tell every way that it tried. */
    private static final Logger TESTCONTAINERS = Logger.getLogger("org.testcontainers");

    private static final AtomicBoolean SAID = new AtomicBoolean();

    static boolean wanted() {
        String parts = System.getProperty("parley.parts", "embedded");
        return switch (parts) {
            case "containers" -> true;
            case "embedded", "" -> false;
            default -> throw new IllegalArgumentException("parley.parts is neither embedded nor containers: " + parts);
        };
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!wanted() || !needsParts(context)) return ConditionEvaluationResult.enabled("embedded parts, or none");
        if (Engine.IS_THERE) return ConditionEvaluationResult.enabled("a Docker engine answers");
        if (SAID.compareAndSet(false, true)) System.out.println(NO_DOCKER);
        return ConditionEvaluationResult.disabled(NO_DOCKER);
    }

    /** Every Quarkus test of a module that has test-support on its class path starts parts, by its own annotation or by its profile. */
    private static boolean needsParts(ExtensionContext context) {
        return context.getTags().contains(QUARKUS_TEST) || context.getTags().contains(TAG);
    }

    /** Looked for once, and only when it is asked. */
    private static final class Engine {
        static final boolean IS_THERE = isThere();

        private static boolean isThere() {
            TESTCONTAINERS.setLevel(Level.OFF);
            try {
                return DockerClientFactory.instance().isDockerAvailable();
            } finally {
                TESTCONTAINERS.setLevel(Level.WARNING);
            }
        }
    }
}
