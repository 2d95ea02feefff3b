package dev.parley.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code ./parley features [--json]}: which lines of the lists in {@code docs/features} passing tests of the last run prove, which the list explains, and which
 * are unproven. Runs no test itself. Exit status 1 when a test carries an id that no list has.
 */
final class Features {
    private static final String USAGE = "usage: ./parley features [--json]";

    private final FeatureLists lists;
    private final Proofs proofs;

    Features(Layout layout) {
        lists = FeatureLists.read(layout.root().resolve("docs/features"));
        proofs = Proofs.find(lists, layout.root());
    }

    int run(String[] arguments) {
        boolean json = arguments.length == 1 && arguments[0].equals("--json");
        if (arguments.length > 0 && !json) throw new Fault(USAGE);
        if (!proofs.unknown().isEmpty()) {
            throw new Fault("tests carry ids that no list in docs/features has: " + String.join(", ", proofs.unknown()));
        }
        if (json) System.out.println(Json.write(asJson()));
        else print();
        return 0;
    }

    /** One line for the end of a test run. */
    String summary() {
        var all = lists.byDialect().values().stream().flatMap(List::stream).toList();
        var sums = Sums.of(all, proofs);
        return sums.proven() + " of " + all.size() + " feature lines proven, " + sums.explained() + " explained"
                + (proofs.unknown().isEmpty() ? "" : "; ids that no list has: " + String.join(", ", proofs.unknown()));
    }

    /** A line that is both proven and explained counts as proven. */
    private record Sums(int lines, int proven, int explained, List<FeatureLists.Line> unproven) {
        static Sums of(List<FeatureLists.Line> lines, Proofs proofs) {
            var open = lines.stream().filter(line -> !proofs.proven(line.id())).toList();
            var unproven = open.stream().filter(line -> !line.isExplained()).toList();
            return new Sums(lines.size(), lines.size() - open.size(), open.size() - unproven.size(), unproven);
        }
    }

    private Map<String, Object> asJson() {
        var dialects = new LinkedHashMap<String, Object>();
        lists.byDialect().forEach((dialect, lines) -> {
            var sums = Sums.of(lines, proofs);
            var one = new LinkedHashMap<String, Object>();
            one.put("lines", sums.lines());
            one.put("proven", sums.proven());
            one.put("explained", sums.explained());
            one.put("unproven", sums.unproven().stream().map(FeatureLists.Line::id).toList());
            dialects.put(dialect, one);
        });
        return dialects;
    }

    private void print() {
        lists.byDialect().forEach((dialect, lines) -> {
            System.out.printf("%-26s %6s %7s %10s %9s%n", dialect, "lines", "proven", "explained", "unproven");
            var byPlace = lines.stream().collect(Collectors.groupingBy(FeatureLists.Line::place, LinkedHashMap::new, Collectors.toList()));
            byPlace.forEach((place, some) -> row("  " + place, Sums.of(some, proofs)));
            row("  together", Sums.of(lines, proofs));
            byPlace.forEach((place, some) -> unproven(place, Sums.of(some, proofs).unproven()));
            System.out.println();
        });
        System.out.println(proofs.cases() == 0
                ? "No test has run: ./parley test runs them."
                : "From the last runs of " + proofs.cases() + " tests."
                        + (proofs.outdated() == 0 ? "" : " Left out: " + proofs.outdated() + " results older than their tests."));
    }

    private static void row(String name, Sums sums) {
        System.out.printf("%-26s %6d %7d %10d %9d%n", name, sums.lines(), sums.proven(), sums.explained(), sums.unproven().size());
    }

    private static void unproven(String place, List<FeatureLists.Line> lines) {
        if (lines.isEmpty()) return;
        System.out.println("  unproven, " + place + ":");
        for (var line : lines) System.out.println("    " + line.id() + "  " + line.name());
    }
}
