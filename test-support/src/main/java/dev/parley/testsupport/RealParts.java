package dev.parley.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * Gives a Quarkus test a real PostgreSQL, Kafka broker and S3 interface, in process and on free ports of 127.0.0.1.
 *
 * <pre>{@code
 * @QuarkusTest
 * @WithTestResource(value = RealParts.class, scope = TestResourceScope.GLOBAL,
 *     initArgs = @ResourceArg(name = "parts", value = "postgres,kafka"))
 * class RoomStoreTest { ... }
 * }</pre>
 *
 * Argument {@code parts}: any of {@code postgres}, {@code kafka}, {@code s3}, comma-separated; all three when absent. Each part is
 * started once per JVM, when it is first wanted, and serves all test classes until the JVM ends: what a test leaves in the
 * database stays, so tests choose fresh ids. The keys that the test sees are those of docs/internals.md, see {@link JvmParts}.
 */
public final class RealParts implements QuarkusTestResourceLifecycleManager {
    private String parts = "postgres,kafka,s3";

    @Override
    public void init(Map<String, String> initArgs) {
        parts = initArgs.getOrDefault("parts", parts);
    }

    @Override
    public Map<String, String> start() {
        return settings(parts);
    }

    /** The parts go on running for the other test classes; they stop with the JVM. */
    @Override
    public void stop() {}

    /**
     * Starts what is not running yet. Quarkus loads test resources anew at each restart of the application, so the parts live in a
     * class of the system class loader, which outlives them all; only JDK types cross over.
     *
     * @param parts comma-separated names
     * @return the settings of the parts asked for
     */
    @SuppressWarnings("unchecked")
    public static Map<String, String> settings(String parts) {
        try {
            var holder = Class.forName("dev.parley.testsupport.JvmParts", true, ClassLoader.getSystemClassLoader());
            return (Map<String, String>) holder.getMethod("start", String.class).invoke(null, parts);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the real parts did not start: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("test-support is not on the test class path", e);
        }
    }
}
