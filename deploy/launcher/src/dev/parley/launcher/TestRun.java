package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** {@code ./parley test}: unit to browser. Exit status 0 only when every part ran and passed. */
final class TestRun {
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite[^>]*? tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    private final Layout layout;

    TestRun(Layout layout) {
        this.layout = layout;
    }

    int run() {
        long fromNs = System.nanoTime();
        Packages.ensure(
                layout,
                Packages.Need.MAVEN,
                Packages.Need.FFMPEG,
                Packages.Need.CJK_FONTS,
                Packages.Need.CHROMIUM,
                Packages.Need.NODE,
                Packages.Need.NPM,
                Packages.Need.AIORTC);
        var failed = new ArrayList<String>();
        Path sdk = layout.root().resolve("web-sdk");
        if (!Files.exists(sdk.resolve("package.json"))) failed.add("web-sdk is missing");
        else if (Shell.show(sdk, "npm", "ci", "--no-audit", "--no-fund") != 0) failed.add("npm ci");
        else if (Shell.show(sdk, "npm", "test") != 0) failed.add("web-sdk");
        // The reports of an earlier run would be counted with those of this one; clean takes them away.
        if (Build.maven(layout, Build.THREADS, "--fail-at-end", "-Dquarkus.package.jar.type=" + Build.JAR_TYPE, "clean", "verify") != 0) {
            failed.add("maven");
        }
        var counts = count();
        System.out.printf(
                "%n%s: %d Java tests, %d failed, %d skipped; web SDK %s; %.0f s%n",
                failed.isEmpty() ? "PASSED" : "FAILED (" + String.join(", ", failed) + ")",
                counts[0],
                counts[1] + counts[3],
                counts[2],
                failed.contains("web-sdk") || failed.contains("npm ci") ? "failed" : "passed",
                Steps.seconds(fromNs));
        System.out.println(new Features(layout).summary());
        return failed.isEmpty() && counts[0] > 0 ? 0 : 1;
    }

    /** Tests, errors, skipped, failures over all of Surefire's and Failsafe's reports. */
    private long[] count() {
        var sums = new long[4];
        try (var files = Files.walk(layout.root(), 4)) {
            var reports = files.filter(file -> file.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-.*\\.xml"));
            for (Path report : reports.toList()) {
                var suite = SUITE.matcher(Files.readString(report));
                if (!suite.find()) continue;
                for (int i = 0; i < 4; i++) sums[i] += Long.parseLong(suite.group(i + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }
}
