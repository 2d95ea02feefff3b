package dev.parley.checks.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every YAML file below a folder, as objects of the Kubernetes API.
 *
 * @param objects        by file, in the order of the file
 * @param kustomizations by folder
 * @param faults         what could not be read, each beginning with its file
 */
record Manifests(
        Map<String, List<HasMetadata>> objects, Map<String, Kustomization> kustomizations, List<String> faults) {
    private static final String KUSTOMIZATION = "kustomization.yaml";

    /** A kind that is not here is unknown: add it with the rules that it must keep. */
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1 Namespace", Namespace.class,
            "v1 ConfigMap", ConfigMap.class,
            "v1 Secret", Secret.class,
            "v1 Service", Service.class,
            "apps/v1 Deployment", Deployment.class,
            "apps/v1 StatefulSet", StatefulSet.class,
            "apps/v1 DaemonSet", DaemonSet.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 Ingress", Ingress.class);

    /** The text of each YAML file, by its path below {@code folder}. */
    static Map<String, String> texts(Path folder) {
        var texts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.ya?ml")).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (texts.isEmpty()) throw new IllegalStateException("no YAML below " + folder.toAbsolutePath());
        return texts;
    }

    static Manifests read(Map<String, String> texts) {
        var manifests = new Manifests(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        texts.forEach((file, text) -> {
            try {
                manifests.readFile(file, text);
            } catch (RuntimeException e) { // whatever the parser or the mapper says about bad text
                manifests.faults.add(file + ": " + e.getMessage());
            }
        });
        return manifests;
    }

    private void readFile(String file, String text) {
        for (var document : StrictYaml.documents(text)) {
            if (file.endsWith(KUSTOMIZATION)) {
                Path parent = Path.of(file).getParent();
                kustomizations.put(
                        parent == null ? "" : parent.toString(), StrictYaml.as(document, Kustomization.class));
                continue;
            }
            String kind = document.get("apiVersion") + " " + document.get("kind");
            var type = KINDS.get(kind);
            if (type == null) throw new IllegalArgumentException("unknown kind: " + kind);
            objects.computeIfAbsent(file, _ -> new ArrayList<>()).add(StrictYaml.as(document, type));
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.values().stream()
                .flatMap(List::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends HasMetadata> boolean has(Class<T> type, String name) {
        return all(type).stream()
                .anyMatch(object -> object.getMetadata().getName().equals(name));
    }

    List<Workload> workloads() {
        return Stream.of(
                        all(Deployment.class).stream().map(Workload::of),
                        all(StatefulSet.class).stream().map(Workload::of),
                        all(DaemonSet.class).stream().map(Workload::of))
                .flatMap(same -> same)
                .toList();
    }
}
