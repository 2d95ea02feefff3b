package dev.parley.checks.architecture;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.checks.architecture.planted.api.BadResource;
import dev.parley.checks.architecture.planted.domain.BadDomain;
import dev.parley.checks.architecture.planted.store.BadStore;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled modules keep the arrows of the architecture. Needs all modules compiled, and fails when one is not. */
class ArchitectureTest {
    private static final Module[] SERVICES =
            Arrays.stream(Module.values()).filter(Module::isService).toArray(Module[]::new);

    static Stream<Module> services() {
        return Arrays.stream(SERVICES);
    }

    @ParameterizedTest
    @MethodSource("services")
    void theDomainIsPlainJava(Module service) {
        JavaClasses classes = service.classes();
        Rules.domainKnowsNoFramework(service.root).check(classes);
        Rules.domainTouchesNothing(service.root).check(classes);
    }

    @ParameterizedTest
    @MethodSource("services")
    void adaptersDoNotKnowEndpoints(Module service) {
        Rules.adaptersKnowNoApi(service.root).allowEmptyShould(true).check(service.classes());
    }

    @ParameterizedTest
    @MethodSource("services")
    void endpointsDoNotKnowAdapters(Module service) {
        Rules.apiKnowsNoAdapter(service.root).allowEmptyShould(true).check(service.classes());
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void noModuleKnowsAnotherService(Module module) {
        Rules.knowsNoneOf(module, SERVICES).check(module.classes());
    }

    @Test
    void theContractsKnowNoWireFormat() {
        Rules.knowsNoneOf(Module.CONTRACTS, Module.RTP).check(Module.CONTRACTS.classes());
    }

    /** Planted faults: a rule that finds none of them would find none in the services either. */
    @Test
    void everyRuleFindsWhatBreaksIt() {
        String root = "dev.parley.checks.architecture.planted";
        JavaClasses planted = new ClassFileImporter().importClasses(BadDomain.class, BadStore.class, BadResource.class);
        assertBroken(Rules.domainKnowsNoFramework(root), planted, "BadDomain", "BadStore");
        assertBroken(Rules.domainTouchesNothing(root), planted, "BadDomain", "currentTimeMillis");
        assertBroken(Rules.domainTouchesNothing(root), planted, "BadDomain", "java.lang.Thread");
        assertBroken(Rules.domainTouchesNothing(root), planted, "BadDomain", "java.time.Instant.now");
        assertBroken(Rules.apiKnowsNoAdapter(root), planted, "BadResource", "BadStore");
        assertBroken(Rules.adaptersKnowNoApi(root), planted, "BadStore", "BadResource");
    }

    private static void assertBroken(ArchRule rule, JavaClasses classes, String who, String what) {
        String found = assertThrows(AssertionError.class, () -> rule.check(classes), rule.getDescription())
                .getMessage();
        assertTrue(found.contains(who) && found.contains(what), found);
    }
}
