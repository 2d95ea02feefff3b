package dev.parley.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long somebody waits from the click on Join until the first frame of somebody else is on the screen. One person stays in a room; another comes in by the
 * invitation link, sees him, and goes, again and again, each time as a new visitor. Argument: how often (default 20).
 */
public final class JoinBench {
    /** What a person needs from typing the name to the click. */
    private static final int TO_THE_CLICK_MS = 1_000;

    private JoinBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("parley-join");
        try {
            print(measure(Suite.fromProperty(), folder, rounds));
        } finally {
            Demo.delete(folder);
        }
    }

    private record Round(int clickToFirstFrameMs, int publishedToFirstFrameMs) {}

    private static List<Round> measure(Suite suite, Path folder, int rounds) throws IOException, InterruptedException {
        var all = new ArrayList<Round>();
        Capture alices = Capture.make(folder, "Alice", "0x1f4fa0", 440);
        Capture bobs = Capture.make(folder, "Bob", "0xa0501f", 1130);
        try (Person alice = new Person(alices, 1280, 800, "en-US");
                Person bob = new Person(bobs, 1280, 800, "en-US")) {
            DemoPage alicesPage = new DemoPage(alice);
            DemoPage bobsPage = new DemoPage(bob);
            String link = alicesPage.start(suite.web(), "", "Alice");
            for (int i = 0; i < rounds; i++) {
                bobsPage.join(link, "Bob " + i, TO_THE_CLICK_MS);
                int bobsMs = bobsPage.clickToFirstFrameMs();
                alicesPage.clickToFirstFrameMs();
                int alicesMs = alice.evaluate("window.parley.stats().then(s => s.received[0].publishedToFirstFrameMs)")
                        .asInt();
                all.add(new Round(bobsMs, alicesMs));
                System.out.printf(
                        Locale.ROOT,
                        "  %2d  click to first frame %5d ms; he is seen %5d ms after he published%n",
                        i + 1,
                        bobsMs,
                        alicesMs);
                bobsPage.leave();
                alicesPage.awaitAlone();
            }
        }
        return all;
    }

    private static void print(List<Round> rounds) {
        int[] click =
                rounds.stream().mapToInt(Round::clickToFirstFrameMs).sorted().toArray();
        int[] published = rounds.stream()
                .mapToInt(Round::publishedToFirstFrameMs)
                .sorted()
                .toArray();
        System.out.printf(Locale.ROOT, "%n  %-28s%8s%8s%8s%n", "ms, " + rounds.size() + " joins", "p50", "p95", "max");
        row("click to first frame", click);
        row("published to first frame", published);
    }

    private static void row(String what, int[] sorted) {
        int last = sorted.length - 1;
        System.out.printf(
                Locale.ROOT,
                "  %-28s%8d%8d%8d%n",
                what,
                sorted[last / 2],
                sorted[(int) Math.ceil(0.95 * last)],
                sorted[last]);
    }
}
