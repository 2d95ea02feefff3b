package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * {@code ./parley test}: unit to browser. Exit status 0 only when every part ran and passed. A Java test that fails is run once more, because browsers,
 * processes and clocks of a busy machine take part; one that passes then is named as flaky, and is a fault to be mended all the same.
 */
final class TestRun {
    /** A test that waits leaves its core to others. */
    private static final String THREADS = "-T3";

    private static final Pattern SUITE = Pattern.compile(
            "<testsuite[^>]*? tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    /** What Surefire writes of a test that failed first and passed then. */
    private static final Pattern FLAKY =
            Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"[^>]*>\\s*<flaky(?:Failure|Error)");

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
                Packages.Need.AIORTC,
                Packages.Need.COTURN);
        var failed = new ArrayList<String>();
        var sdk = CompletableFuture.supplyAsync(this::testSdk);
        boolean packaged = packageAll();
        System.out.println(sdk.join().text());
        if (!sdk.join().ok()) failed.add("web-sdk");
        if (!packaged) failed.add("build");
        else if (!testJava()) failed.add("maven");
        var flaky = new ArrayList<String>();
        var counts = count(flaky);
        for (String test : flaky) System.out.println("FLAKY: " + test + " failed, and passed when it was run again");
        System.out.printf(
                "%n%s: %d Java tests, %d failed, %d skipped; web SDK %s; %.0f s%n",
                failed.isEmpty() ? "PASSED" : "FAILED (" + String.join(", ", failed) + ")",
                counts[0],
                counts[1] + counts[3],
                counts[2],
                sdk.join().ok() ? "passed" : "failed",
                Steps.seconds(fromNs));
        System.out.println(new Features(layout).summary());
        return failed.isEmpty() && counts[0] > 0 ? 0 : 1;
    }

    private Shell.Answer testSdk() {
        Path sdk = layout.root().resolve("web-sdk");
        if (!Files.exists(sdk.resolve("package.json"))) return new Shell.Answer(1, "web-sdk is missing");
        var installed = Shell.ask(sdk, "npm", "ci", "--no-audit", "--no-fund");
        return installed.ok() ? Shell.ask(sdk, "npm", "test") : installed;
    }

    /**
     * Everything but the tests, so that a fault of the compiler or of the format shows in a tenth of the time. The reports of an earlier run would be counted
     * with those of this one: clean takes them away.
     */
    private boolean packageAll() {
        return Build.maven(
                        layout,
                        THREADS,
                        "--fail-at-end",
                        "-DskipTests",
                        "-Dquarkus.package.jar.type=" + Build.JAR_TYPE,
                        "clean",
                        "verify")
                == 0;
    }

    /** The tests of the whole suite come last: beside those of its services they find no processor, and people who talk need one. */
    private boolean testJava() {
        return Build.maven(
                        layout,
                        THREADS,
                        "--fail-at-end",
                        "-Dsurefire.rerunFailingTestsCount=1",
                        "-Dparley.packaged=true",
                        "-Dquarkus.build.skip=true",
                        "integration-test")
                == 0;
    }

    /** Tests, errors, skipped, failures over all of Surefire's and Failsafe's reports. @param flaky gets the names of those that passed at the second try */
    private long[] count(List<String> flaky) {
        var sums = new long[4];
        try (var files = Files.walk(layout.root(), 4)) {
            var reports = files.filter(file -> file.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-.*\\.xml"));
            for (Path report : reports.toList()) {
                String text = Files.readString(report);
                FLAKY.matcher(text).results().forEach(test -> flaky.add(test.group(2) + "." + test.group(1)));
                var suite = SUITE.matcher(text);
                if (!suite.find()) continue;
                for (int i = 0; i < 4; i++) sums[i] += Long.parseLong(suite.group(i + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }
}
