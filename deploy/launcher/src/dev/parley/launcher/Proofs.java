package dev.parley.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which lines the last run of each test has proven: at least one test that carries the line's id passed, and none that carries it failed. A report that is older
 * than its test class counts for nothing.
 */
final class Proofs {
    /** Of the web SDK's tests: {@code a title [MRTC-CALL-01, MRTC-CB-01]}. */
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]+)]");
    /** Modules stand up to two folders deep. */
    private static final int TARGET_DEPTH = 3;

    private final FeatureLists lists;
    private final Set<String> passed = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();
    private final Set<String> unknown = new TreeSet<>();
    private int cases;
    private int outdated;

    private Proofs(FeatureLists lists) {
        this.lists = lists;
    }

    static Proofs find(FeatureLists lists, Path root) {
        var proofs = new Proofs(lists);
        try (var folders = Files.find(root, TARGET_DEPTH, (path, facts) -> facts.isDirectory() && path.endsWith("target"))) {
            for (Path target : folders.sorted().toList()) {
                if (Files.isDirectory(target.resolve("test-classes"))) proofs.module(target);
                Path node = target.resolve("node-tests.xml");
                if (Files.exists(node)) proofs.node(node);
            }
        } catch (IOException e) {
            throw new Fault("cannot look for test reports: " + e.getMessage());
        }
        return proofs;
    }

    boolean proven(String id) {
        return passed.contains(id) && !failed.contains(id);
    }

    /** Ids in tags and titles that no list has. */
    Set<String> unknown() {
        return unknown;
    }

    int cases() {
        return cases;
    }

    /** Results that were left out, as their tests were compiled anew since. */
    int outdated() {
        return outdated;
    }

    private void module(Path target) throws IOException {
        var tags = TestTags.read(target.resolve("test-classes"));
        for (String tag : tags.all()) if (lists.claims(tag) && !lists.knows(tag)) unknown.add(tag);
        for (Path report : reports(target)) {
            long reportMs = Files.getLastModifiedTime(report).toMillis();
            for (var one : TestReports.read(report)) {
                if (!tags.knows(one.className())) continue; // the class is no more
                if (tags.isNewer(one.className(), reportMs)) outdated++;
                else count(tags.of(one.className(), one.method()), one.outcome());
            }
        }
    }

    private static List<Path> reports(Path target) throws IOException {
        var found = new ArrayList<Path>();
        for (String folder : List.of("surefire-reports", "failsafe-reports")) {
            if (!Files.isDirectory(target.resolve(folder))) continue;
            try (var files = Files.list(target.resolve(folder))) {
                files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    private void node(Path report) {
        for (var one : TestReports.read(report)) {
            var ids = new TreeSet<String>();
            var brackets = BRACKETS.matcher(one.name());
            while (brackets.find()) for (String id : brackets.group(1).split("[,\\s]+")) if (lists.claims(id)) ids.add(id);
            for (String id : ids) if (!lists.knows(id)) unknown.add(id);
            count(ids, one.outcome());
        }
    }

    private void count(Set<String> ids, TestReports.Outcome outcome) {
        cases++;
        switch (outcome) {
            case PASSED -> passed.addAll(ids);
            case FAILED -> failed.addAll(ids);
            case SKIPPED -> {}
        }
    }
}
