package dev.parley.checks.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;

/** The arrows of docs/architecture.md. {@code root} is a service's root package. */
final class Rules {
    private Rules() {}

    /**
     * The rules of a service are plain Java and know the contracts and the wire formats, nothing else. Netty's buffers are in, since the wire
     * formats are windows over them.
     */
    static ArchRule domainKnowsNoFramework(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        root + ".domain..",
                        "java..",
                        "dev.parley.contracts..",
                        "dev.parley.rtp..",
                        "io.netty.buffer..");
    }

    /** Time, threads and the outside come in as data or through ports, so that a test or a replay can choose them. */
    static ArchRule domainTouchesNothing(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".domain..")
                .should()
                .callMethodWhere(target(owner(named("java.lang.System")))
                        .and(target(nameMatching("currentTimeMillis|nanoTime|getenv|getProperty"))))
                .orShould()
                .callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAnyPackage("java.time..")))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net.http..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat(outside());
    }

    private static DescribedPredicate<JavaClass> outside() {
        var names = Set.of(
                "java.lang.Thread",
                "java.lang.Process",
                "java.lang.ProcessBuilder",
                "java.net.Socket",
                "java.net.ServerSocket",
                "java.net.DatagramSocket",
                "java.nio.file.Files",
                "java.io.File",
                "java.io.FileInputStream",
                "java.io.FileOutputStream",
                "java.util.Timer",
                "java.util.concurrent.Executors",
                "java.util.concurrent.ThreadPoolExecutor",
                "java.util.concurrent.ScheduledExecutorService");
        return DescribedPredicate.describe(
                "are threads, processes, sockets or files", c -> names.contains(c.getName()));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe("named " + name, c -> c.getName().equals(name));
    }

    /** Who implements a port is wired by the container; an endpoint or use case that knows a table or a remote service decides what is not its to decide. */
    static ArchRule apiKnowsNoAdapter(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + ".api..", root + ".app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".store..", root + ".client..", root + ".kafka..");
    }

    static ArchRule adaptersKnowNoApi(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + ".store..", root + ".client..", root + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".api..");
    }

    /** What two services share is in contracts or rtp. */
    static ArchRule knowsNoneOf(Module module, Module... others) {
        String[] packages = Arrays.stream(others)
                .filter(other -> other != module)
                .map(other -> other.root + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(module.root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
