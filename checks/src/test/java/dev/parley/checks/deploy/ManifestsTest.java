package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in k8s/ against the Kubernetes API's own model, and against each other. No cluster is needed, and none is replaced. */
class ManifestsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Map<String, String> TEXTS = Manifests.texts(ROOT.resolve("k8s"));

    @Test
    void theManifestsKeepEveryRule() throws IOException {
        assertEquals(List.of(), faults(TEXTS));
    }

    @Test
    void allSixServicesAreThere() {
        Set<String> names =
                Manifests.read(TEXTS).workloads().stream().map(Workload::name).collect(Collectors.toSet());
        assertEquals(Set.of("account", "master", "signaling", "relay", "recorder", "vod"), names);
    }

    /** Planted faults: each breaks a real file in one place, and must be told. */
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "base/account.yaml   | readinessProbe:            | readynessProbe:           | readynessProbe",
                "base/account.yaml   | /q/health/ready            | /q/health/raedy           | readinessProbe does not ask",
                "base/account.yaml   | kind: Deployment           | kind: Deploiment          | unknown kind: apps/v1 Deploiment",
                "base/account.yaml   | apps/v1                    | extensions/v1beta1        | unknown kind: extensions/v1beta1",
                "base/account.yaml   | replicas: 2                | replicas: two             | replicas",
                "base/account.yaml   | replicas: 2                | replicas: 1               | budget of account lets no pod go",
                "base/account.yaml   | runAsNonRoot: true         | runAsNonRoot: false       | account runAsNonRoot is not true",
                "base/account.yaml   | cpu: 250m                  | storage: 250m             | account requests no cpu",
                "base/account.yaml   | memory: 384Mi              | memory: 384Mb             | account requests no memory",
                "base/account.yaml   | drop: [ALL]                | drop: []                  | account has privileges",
                "base/account.yaml   | targetPort: http           | targetPort: https         | service account leads to a port",
                "base/account.yaml   | name: parley-account       | name: parley-acount       | there is no secret parley-acount",
                "base/account.yaml   | mountPath: /data           | mountPath: [/data           | account.yaml",
                "base/vod.yaml       | emptyDir: {}               | emptyDirectory: {}        | emptyDirectory",
                "overlays/dev/kustomization.yaml | name: vod, count: 1 | name: vod, count: 1, count: 1 | duplicate key count",
                "base/budgets.yaml   | name: relay                | name: rely                | relay has 0 budgets",
                "base/config.yaml    | PARLEY_LOG_JSON: \"true\"  | PARLEY_LOG_JSON: true     | config.yaml",
                "base/config.yaml    | PARLEY_DB_URL              | PARLEY_DATABASE_URL       | PARLEY_DATABASE_URL is not in",
                "base/relay.yaml     | value: 0.0.0.0             | value: 127.0.0.1          | relay is told to use loopback",
                "base/relay.yaml     | name: NODE_ADDRESS         | name: NODE_ADDR           | relay refers to $(NODE_ADDRESS)",
                "base/recorder.yaml  | serviceName: recorder      | serviceName: recordr      | recorder has no service recordr",
                "base/secret.example.yaml | PARLEY_MASTER_KEY: \"\" | PARLEY_MASTER_KEY: abc   | the example secret has a value",
                "base/ingress.yaml   | name: signaling            | name: signalling          | leads to no service signalling",
                "base/kustomization.yaml | - vod.yaml             | - vot.yaml                | base names what is not there: vot.yaml",
                "base/kustomization.yaml | - budgets.yaml         |                           | base does not name base/budgets.yaml",
                "overlays/dev/kustomization.yaml | name: vod, count | name: vodka, count     | counts copies of vodka",
                "overlays/dev/kustomization.yaml | images:          | imagez:                | imagez",
            })
    void aPlantedFaultIsFound(String file, String right, String wrong, String told) throws IOException {
        var broken = new TreeMap<>(TEXTS);
        assertTrue(TEXTS.get(file).contains(right), file + " has no longer: " + right);
        broken.put(file, TEXTS.get(file).replace(right, wrong == null ? "" : wrong));
        var faults = faults(broken);
        assertTrue(faults.stream().anyMatch(fault -> fault.contains(told)), () -> "found only " + faults);
    }

    private static List<String> faults(Map<String, String> texts) throws IOException {
        return ManifestRules.faults(texts, Files.readString(ROOT.resolve("docs/internals.md")));
    }
}
