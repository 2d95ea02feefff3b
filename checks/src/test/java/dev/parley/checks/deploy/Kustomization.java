package dev.parley.checks.deploy;

import java.util.List;
import java.util.Map;

/** The fields of a kustomization that ours use; another one is an unknown field until it is added here, and checked. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<Labels> labels,
        List<String> resources,
        List<Replicas> replicas,
        List<Image> images) {
    record Labels(Map<String, String> pairs) {}

    record Replicas(String name, int count) {}

    record Image(String name, String newName, String newTag) {}

    Kustomization {
        labels = labels == null ? List.of() : labels;
        resources = resources == null ? List.of() : resources;
        replicas = replicas == null ? List.of() : replicas;
        images = images == null ? List.of() : images;
    }
}
