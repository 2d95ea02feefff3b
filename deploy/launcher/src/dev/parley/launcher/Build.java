package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packages what changed since it was last packaged, in one Maven run. */
final class Build {
    /** More than one thread gains nothing on one core and little beyond two: Quarkus builds use several themselves. */
    static final String THREADS = "-T2";

    private final Layout layout;

    Build(Layout layout) {
        this.layout = layout;
    }

    /** One thing to package: a module, the file that proves it was, and the paths that go into it. */
    private record Product(String module, String proof, List<String> inputs) {
        static Product of(Service service) {
            var inputs = new ArrayList<>(
                    List.of("pom.xml", "service-parent/pom.xml", "contracts", "rtp", "service-edge", "service-store", service.module));
            if (service == Service.SIGNALING) inputs.add("web-sdk");
            return new Product(service.module, "target/quarkus-app/quarkus-run.jar", inputs);
        }
    }

    private static List<Product> products() {
        var all = new ArrayList<Product>();
        all.add(new Product("deploy/infra", "target/infra.jar", List.of("pom.xml", "contracts", "deploy/infra")));
        for (Service service : Service.values()) all.add(Product.of(service));
        return all;
    }

    /** Returns the modules that it had to package; empty when all were fresh, or when {@code PARLEY_BUILD=0} takes what is there. */
    List<String> packageStale() {
        if (takesWhatIsThere()) return List.of();
        var stale = products().stream().filter(product -> !isFresh(product)).toList();
        if (stale.isEmpty()) return List.of();
        var modules = stale.stream().map(Product::module).toList();
        mavenPackage(modules);
        stale.forEach(this::stamp);
        return modules;
    }

    /** Packages this service alone, if it is stale. */
    void packageStale(Service service) {
        var product = Product.of(service);
        if (takesWhatIsThere() || isFresh(product)) return;
        System.out.println("building " + service.module);
        mavenPackage(List.of(product.module()));
        stamp(product);
    }

    /** {@code PARLEY_BUILD=0}. Set by tests that run inside a Maven build of this clone, which has just packaged everything. */
    static boolean takesWhatIsThere() {
        return "0".equals(System.getenv("PARLEY_BUILD"));
    }

    /** For what is run from its classes, such as the demo: packages it with all it needs. */
    void mavenPackage(List<String> modules) {
        Packages.ensure(layout, Packages.Need.MAVEN);
        int status = maven(
                layout,
                "-q",
                THREADS,
                "-Dmaven.test.skip=true",
                "-Dquarkus.package.jar.type=" + JAR_TYPE,
                "-pl",
                String.join(",", modules),
                "-am",
                "package");
        if (status != 0) throw new Fault("the build failed; see above");
    }

    /** Starts faster than Quarkus' default, and is ready for an AOT cache of the JDK. */
    static final String JAR_TYPE = "aot-jar";

    /** Runs the system's Maven on the JDK that runs this launcher. */
    static int maven(Layout layout, String... arguments) {
        var command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
        command.addAll(List.of(arguments));
        var environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "MAVEN_OPTS", "-Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow");
        return Shell.show(layout.root(), environment, command.toArray(String[]::new));
    }

    private boolean isFresh(Product product) {
        Path stamp = stampFile(product);
        try {
            return Files.exists(layout.root().resolve(product.module()).resolve(product.proof()))
                    && Files.exists(stamp)
                    && Files.readString(stamp).equals(fingerprint(product));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stamp(Product product) {
        try {
            Files.writeString(stampFile(product), fingerprint(product));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fingerprint(Product product) {
        return JAR_TYPE + " " + Sources.fingerprint(layout.root(), product.inputs());
    }

    private Path stampFile(Product product) {
        return layout.buildStamps().resolve(product.module().replace('/', '-'));
    }
}
