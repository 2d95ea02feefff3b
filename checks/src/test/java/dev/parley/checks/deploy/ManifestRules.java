package dev.parley.checks.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold between the objects of the manifests. Finds all faults, not only the first. */
final class ManifestRules {
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:PARLEY|KAFKA|QUARKUS)_[A-Z0-9_]+");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z0-9_]+)\\)");

    private final Manifests manifests;
    private final Set<String> files;
    private final Set<String> documented;
    private final List<String> faults = new ArrayList<>();

    private ManifestRules(Manifests manifests, Set<String> files, String internals) {
        this.manifests = manifests;
        this.files = files;
        this.documented =
                VARIABLE.matcher(internals).results().map(r -> r.group()).collect(Collectors.toSet());
    }

    /**
     * @param texts     YAML files by path
     * @param internals text of docs/internals.md, which names every variable
     * @return the faults, one sentence each; empty when all is well
     */
    static List<String> faults(Map<String, String> texts, String internals) {
        var manifests = Manifests.read(texts);
        var rules = new ManifestRules(manifests, texts.keySet(), internals);
        rules.faults.addAll(manifests.faults());
        var pods = new PodRules(manifests, rules.faults::add);
        manifests.workloads().forEach(pods::check);
        manifests.workloads().forEach(rules::checkVariables);
        manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals("parley"))
                .forEach(map -> map.getData().keySet().forEach(rules::checkDocumented));
        manifests.all(Secret.class).forEach(secret -> secret.getStringData().forEach(rules::checkSecret));
        manifests.all(Service.class).forEach(rules::checkService);
        manifests.all(Ingress.class).forEach(rules::checkIngress);
        manifests.all(StatefulSet.class).forEach(rules::checkStatefulSet);
        rules.checkBudgets();
        manifests.kustomizations().forEach(rules::checkKustomization);
        rules.expect(!manifests.workloads().isEmpty(), "there is no workload");
        return rules.faults;
    }

    private void checkVariables(Workload it) {
        for (var container : it.containers()) {
            var references = new HashSet<String>();
            container.getEnv().forEach(variable -> {
                String value = variable.getValue() == null ? "" : variable.getValue();
                REFERENCE.matcher(value).results().forEach(r -> references.add(r.group(1)));
                expect(!value.contains("127.0.0.1"), it.name() + " is told to use loopback: " + variable.getName());
            });
            for (var variable : container.getEnv()) {
                if (!references.remove(variable.getName())) checkDocumented(variable.getName());
            }
            references.forEach(name -> faults.add(it.name() + " refers to $(" + name + "), which is not set"));
        }
    }

    private void checkDocumented(String variable) {
        expect(
                variable.startsWith("QUARKUS_") || documented.contains(variable),
                variable + " is not in docs/internals.md");
    }

    private void checkSecret(String variable, String value) {
        checkDocumented(variable);
        expect(value.isEmpty(), "the example secret has a value: " + variable);
    }

    private void checkService(Service it) {
        String name = "service " + it.getMetadata().getName();
        var found = manifests.workloads().stream()
                .filter(workload -> workload.isFoundBy(it.getSpec().getSelector()))
                .toList();
        expect(found.size() == 1, name + " finds " + found.size() + " workloads");
        expect(!it.getSpec().getPorts().isEmpty(), name + " has no port");
        for (var port : it.getSpec().getPorts()) {
            IntOrString target = port.getTargetPort();
            boolean leads = target != null
                    && target.getStrVal() != null
                    && found.stream().allMatch(workload -> workload.hasPort(target.getStrVal()));
            expect(leads, name + " leads to a port that its pods do not have");
        }
    }

    private void checkIngress(Ingress it) {
        for (var rule : it.getSpec().getRules()) {
            for (var path : rule.getHttp().getPaths()) {
                var backend = path.getBackend().getService();
                boolean found = manifests.all(Service.class).stream()
                        .filter(service -> service.getMetadata().getName().equals(backend.getName()))
                        .flatMap(service -> service.getSpec().getPorts().stream())
                        .anyMatch(
                                port -> port.getName().equals(backend.getPort().getName()));
                expect(found, "the ingress leads to no service " + backend.getName());
                expect(
                        Set.of("Prefix", "Exact", "ImplementationSpecific").contains(path.getPathType()),
                        "the ingress has path type " + path.getPathType());
            }
        }
    }

    private void checkStatefulSet(StatefulSet it) {
        String service = it.getSpec().getServiceName();
        expect(manifests.has(Service.class, service), it.getMetadata().getName() + " has no service " + service);
    }

    /** Each workload has one budget, and each budget lets one pod go: else a node could never be emptied. */
    private void checkBudgets() {
        var budgets = manifests.all(PodDisruptionBudget.class);
        for (var budget : budgets) {
            var labels = budget.getSpec().getSelector().getMatchLabels();
            expect(
                    manifests.workloads().stream()
                                    .filter(w -> w.isFoundBy(labels))
                                    .count()
                            == 1,
                    "budget " + budget.getMetadata().getName() + " does not find one workload");
        }
        for (var workload : manifests.workloads()) {
            var own = budgets.stream()
                    .filter(b -> workload.isFoundBy(b.getSpec().getSelector().getMatchLabels()))
                    .toList();
            expect(own.size() == 1, workload.name() + " has " + own.size() + " budgets");
            for (var budget : own) {
                var least = budget.getSpec().getMinAvailable();
                var most = budget.getSpec().getMaxUnavailable();
                boolean lets = least == null
                        ? most != null && most.getIntVal() != null && most.getIntVal() > 0
                        : most == null && least.getIntVal() != null && least.getIntVal() < workload.replicas();
                expect(lets, "the budget of " + workload.name() + " lets no pod go");
            }
        }
    }

    private void checkKustomization(String folder, Kustomization it) {
        expect(
                "Kustomization".equals(it.kind()) && "kustomize.config.k8s.io/v1beta1".equals(it.apiVersion()),
                folder + " is no kustomization");
        var named = new HashSet<String>();
        for (String resource : it.resources()) {
            String path = Path.of(folder, resource).normalize().toString();
            named.add(path);
            expect(
                    files.contains(path) || manifests.kustomizations().containsKey(path),
                    folder + " names what is not there: " + resource);
        }
        for (String file : files) {
            boolean here = folder.equals(String.valueOf(Path.of(file).getParent()));
            boolean apart = file.endsWith("kustomization.yaml") || file.endsWith(".example.yaml");
            expect(!here || apart || named.contains(file), folder + " does not name " + file);
        }
        var workloads = manifests.workloads();
        it.replicas()
                .forEach(replicas -> expect(
                        workloads.stream().anyMatch(w -> w.name().equals(replicas.name()) && w.replicas() > 0),
                        folder + " counts copies of " + replicas.name() + ", which is not there"));
        var images = workloads.stream()
                .flatMap(w -> w.containers().stream())
                .map(container -> container.getImage())
                .collect(Collectors.toSet());
        it.images()
                .forEach(image -> expect(
                        images.contains(image.name()), folder + " tags " + image.name() + ", which is not there"));
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) faults.add(otherwise);
    }
}
