package dev.parley.checks.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What every pod of the suite must keep; each breach is told as a sentence that begins with the workload's name. */
record PodRules(Manifests manifests, Consumer<String> fault) {
    void check(Workload it) {
        var pod = it.template().getSpec();
        expect(it, it.isFoundBy(it.selector()), "its selector does not match the labels of its pods");
        var security = pod.getSecurityContext();
        expect(it, security != null && Boolean.TRUE.equals(security.getRunAsNonRoot()), "runAsNonRoot is not true");
        expect(it, !it.containers().isEmpty(), "has no container");
        var volumes = new HashSet<>(it.claims());
        pod.getVolumes().forEach(volume -> {
            volumes.add(volume.getName());
            if (volume.getConfigMap() != null) {
                String map = volume.getConfigMap().getName();
                expect(it, manifests.has(ConfigMap.class, map), "there is no config map " + map);
            }
        });
        for (Container container : it.containers()) {
            check(it, container);
            container
                    .getVolumeMounts()
                    .forEach(mount ->
                            expect(it, volumes.contains(mount.getName()), "there is no volume " + mount.getName()));
        }
    }

    private void check(Workload it, Container container) {
        expect(it, container.getImage() != null && !container.getImage().isBlank(), "has no image");
        checkProbe(it, "startupProbe", container.getStartupProbe(), "/q/health/started");
        checkProbe(it, "readinessProbe", container.getReadinessProbe(), "/q/health/ready");
        checkProbe(it, "livenessProbe", container.getLivenessProbe(), "/q/health/live");
        var resources = container.getResources();
        if (resources == null) {
            expect(it, false, "has no resources");
        } else {
            checkQuantity(it, "requests", "cpu", resources.getRequests());
            checkQuantity(it, "requests", "memory", resources.getRequests());
            checkQuantity(it, "limits", "memory", resources.getLimits());
        }
        var security = container.getSecurityContext();
        expect(
                it,
                security != null
                        && Boolean.FALSE.equals(security.getAllowPrivilegeEscalation())
                        && security.getCapabilities() != null
                        && security.getCapabilities().getDrop().equals(List.of("ALL")),
                "has privileges");
        container.getEnvFrom().forEach(from -> {
            if (from.getConfigMapRef() != null) {
                String name = from.getConfigMapRef().getName();
                expect(it, manifests.has(ConfigMap.class, name), "there is no config map " + name);
            }
            if (from.getSecretRef() != null) {
                String name = from.getSecretRef().getName();
                expect(it, manifests.has(Secret.class, name), "there is no secret " + name);
            }
        });
    }

    private void checkProbe(Workload it, String name, Probe probe, String path) {
        boolean asks = probe != null
                && probe.getHttpGet() != null
                && path.equals(probe.getHttpGet().getPath());
        expect(it, asks, "its " + name + " does not ask for " + path);
        if (asks) {
            String port = probe.getHttpGet().getPort().getStrVal();
            expect(it, port != null && it.hasPort(port), "its " + name + " asks a port that it does not have");
        }
    }

    private void checkQuantity(Workload it, String what, String resource, Map<String, Quantity> quantities) {
        var quantity = quantities == null ? null : quantities.get(resource);
        expect(it, quantity != null && isPositive(quantity), what + " no " + resource);
    }

    private static boolean isPositive(Quantity quantity) {
        try {
            return Quantity.getAmountInBytes(quantity).signum() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void expect(Workload it, boolean holds, String otherwise) {
        if (!holds) fault.accept(it.name() + " " + otherwise);
    }
}
