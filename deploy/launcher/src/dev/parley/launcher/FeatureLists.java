package dev.parley.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is to be proven: {@code docs/features/DIALECT.features.tsv}. A line is id, name, what must be observable, place, separated by tabs, and, where it cannot be
 * proven here, the reason.
 */
record FeatureLists(Map<String, List<Line>> byDialect) {
    private static final String SUFFIX = ".features.tsv";
    private static final Pattern ID = Pattern.compile("[A-Z]+-\\S+");

    /** @param reason why it cannot be proven here; empty for a line that a test has to prove */
    record Line(String id, String name, String observable, String place, String reason) {
        boolean isExplained() {
            return !reason.isEmpty();
        }
    }

    /** @throws Fault when there are none, a line has not its columns, or an id stands twice */
    static FeatureLists read(Path folder) {
        var byDialect = new LinkedHashMap<String, List<Line>>();
        var ids = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).sorted().toList()) {
                var lines = new ArrayList<Line>();
                for (String text : Files.readAllLines(file)) {
                    var line = line(text, file);
                    if (!ids.add(line.id())) throw new Fault(line.id() + " stands twice in the lists of " + folder);
                    lines.add(line);
                }
                String name = file.getFileName().toString();
                byDialect.put(name.substring(0, name.length() - SUFFIX.length()), List.copyOf(lines));
            }
        } catch (IOException e) {
            throw new Fault("cannot read the lists of features in " + folder + ": " + e.getMessage());
        }
        if (ids.isEmpty()) throw new Fault("there is no list of features in " + folder);
        return new FeatureLists(byDialect);
    }

    private static Line line(String text, Path file) {
        String[] columns = text.split("\t", -1);
        boolean whole = (columns.length == 4 || columns.length == 5) && ID.matcher(columns[0]).matches();
        for (String column : columns) whole &= !column.isBlank();
        if (!whole) throw new Fault(file + ": not \"id, name, observable, place[, reason]\" separated by tabs: " + text);
        return new Line(columns[0], columns[1], columns[2], columns[3], columns.length == 5 ? columns[4] : "");
    }

    boolean knows(String id) {
        return byDialect.values().stream().anyMatch(lines -> lines.stream().anyMatch(line -> line.id().equals(id)));
    }

    /** Whether this looks like the id of a line: JUnit's tags serve other ends too. */
    boolean claims(String tag) {
        int end = tag.indexOf('-');
        return end > 0 && families().contains(tag.substring(0, end));
    }

    private Set<String> families() {
        var families = new TreeSet<String>();
        for (var lines : byDialect.values()) for (Line line : lines) families.add(line.id().substring(0, line.id().indexOf('-')));
        return families;
    }
}
