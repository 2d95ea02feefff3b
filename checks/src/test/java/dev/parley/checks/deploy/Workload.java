package dev.parley.checks.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What makes pods, whichever its kind.
 *
 * @param replicas 0 = as many as there are nodes
 * @param selector of its pods
 * @param claims   names of the volumes that it makes
 */
record Workload(String name, int replicas, Map<String, String> selector, PodTemplateSpec template, Set<String> claims) {
    static Workload of(Deployment it) {
        var spec = it.getSpec();
        return new Workload(
                it.getMetadata().getName(),
                spec.getReplicas(),
                spec.getSelector().getMatchLabels(),
                spec.getTemplate(),
                Set.of());
    }

    static Workload of(StatefulSet it) {
        var spec = it.getSpec();
        var claims = new HashSet<String>();
        spec.getVolumeClaimTemplates()
                .forEach(claim -> claims.add(claim.getMetadata().getName()));
        return new Workload(
                it.getMetadata().getName(),
                spec.getReplicas(),
                spec.getSelector().getMatchLabels(),
                spec.getTemplate(),
                claims);
    }

    static Workload of(DaemonSet it) {
        var spec = it.getSpec();
        return new Workload(
                it.getMetadata().getName(), 0, spec.getSelector().getMatchLabels(), spec.getTemplate(), Set.of());
    }

    List<Container> containers() {
        return template.getSpec().getContainers();
    }

    /** Whether a selector with these labels finds its pods. An empty one would find every pod: that is no match here. */
    boolean isFoundBy(Map<String, String> labels) {
        return labels != null
                && !labels.isEmpty()
                && template.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    boolean hasPort(String portName) {
        return containers().stream()
                .flatMap(container -> container.getPorts().stream())
                .anyMatch(port -> portName.equals(port.getName()));
    }
}
