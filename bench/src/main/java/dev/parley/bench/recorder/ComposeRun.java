package dev.parley.bench.recorder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.compose.Composer;
import dev.parley.recorder.compose.CompositionRequest;
import dev.parley.recorder.compose.CompositionResult;
import dev.parley.recorder.compose.Ffmpeg;
import dev.parley.recorder.domain.journal.JournalKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The cases one after the other; of each the composer and FFmpeg alone by turns, and the best turn of each counts. */
public final class ComposeRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USAGE =
            "usage: ./parley bench recorder [--seconds 40] [--turns 1] [--quick] [--json FILE]";
    private static final int LENGTH_MS_OFF_MAX = 250;

    /** @param goal composing time by recorded time, at most */
    private record Case(String name, int people, String param, double goal) {}

    private static final List<Case> CASES = List.of(
            new Case("two people, 640x360 at 20", 2, "{\"width\":640,\"height\":360,\"fps\":20}", 0.2),
            new Case(
                    "nine people, 1280x720 at 20",
                    9,
                    "{\"width\":1280,\"height\":720,\"fps\":20,\"layoutMode\":2}",
                    1));
    private static final double RATIO_GOAL = 1.15;

    private record Cost(double wallS, double cpuS) {
        Cost best(Cost other) {
            return other == null || wallS < other.wallS ? this : other;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private ComposeRun() {}

    /** @throws IllegalArgumentException that says what is wrong with the arguments */
    public static int run(String[] arguments) throws Exception {
        int seconds = 40;
        int turns = 1;
        boolean quick = false;
        Path json = null;
        var left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String name = left.next();
            switch (name) {
                case "--quick" -> quick = true;
                case "--seconds" -> seconds = Integer.parseInt(value(left));
                case "--turns" -> turns = Integer.parseInt(value(left));
                case "--json" -> json = Path.of(value(left));
                default -> throw new IllegalArgumentException("there is no option " + name + "\n" + USAGE);
            }
        }
        if (quick) seconds = 2;
        if (seconds < 1 || turns < 1)
            throw new IllegalArgumentException("--seconds and --turns must be at least 1\n" + USAGE);
        return all(quick ? CASES.subList(0, 1) : CASES, seconds, turns, json);
    }

    private static String value(Iterator<String> left) {
        if (!left.hasNext()) throw new IllegalArgumentException(USAGE);
        return left.next();
    }

    private static int all(List<Case> cases, int seconds, int turns, Path json) throws Exception {
        ObjectNode root = JSON.createObjectNode();
        root.put("bench", "recorder").put("recordedSeconds", seconds).put("turns", turns);
        root.put("cores", Runtime.getRuntime().availableProcessors());
        root.put("java", Runtime.version().toString());
        root.put("ffmpeg", new Ffmpeg("ffmpeg", "ffprobe", 60).version());
        root.put("loadAverageAtStart", load());
        System.out.printf(
                "%d s recorded, cameras of 640x360 at 20 in VP8, sound in Opus; %d turns; load average %s%n",
                seconds, turns, load());
        System.out.printf(
                "%-28s %22s %22s %10s %10s%n", "", "composer: s, of rec.", "FFmpeg alone: s", "ratio", "CPU ratio");
        for (Case one : cases) {
            Path folder = Files.createTempDirectory("parley-bench");
            try {
                measure(one, seconds, turns, folder, root.withArray("cases").addObject());
            } finally {
                remove(folder);
            }
        }
        root.put("loadAverageAtEnd", load());
        System.out.printf(
                "goals: %.1f and %.1f of the recorded time, ratio %.2f; load average now %s%n",
                CASES.get(0).goal, CASES.get(1).goal, RATIO_GOAL, load());
        if (json != null) {
            Files.writeString(json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
            System.out.println("written to " + json);
        }
        return 0;
    }

    private static void measure(Case one, int seconds, int turns, Path folder, ObjectNode figures) throws Exception {
        var meeting = Meeting.of(one.people, seconds, Files.createDirectory(folder.resolve("meeting")));
        var param = JSON.readValue(one.param, RecordParam.class).withDefaults();
        var composer = new Composer(new Ffmpeg("ffmpeg", "ffprobe", 3_600), JournalKeys.NONE);
        Cost ours = null;
        Cost plain = null;
        for (int turn = 0; turn < turns; turn++) {
            var request = request(meeting, param, folder.resolve("composer" + turn));
            ours = cost(() -> check(composer.compose(request, _ -> {}), seconds))
                    .best(ours);
            var alone = request(meeting, param, folder.resolve("plain" + turn));
            plain = cost(() -> PlainFfmpeg.film(meeting, alone, seconds)).best(plain);
        }
        double ofRecorded = ours.wallS / seconds;
        double ratio = ours.wallS / plain.wallS;
        double cpuRatio = ours.cpuS / plain.cpuS;
        System.out.printf(
                Locale.ROOT,
                "%-28s %22s %22s %10.2f %10.2f%n",
                one.name,
                "%.1f (%.2f)".formatted(ours.wallS, ofRecorded),
                "%.1f".formatted(plain.wallS),
                ratio,
                cpuRatio);
        figures.put("name", one.name).put("people", one.people).put("goalOfRecorded", one.goal);
        figures.put("composerSeconds", ours.wallS).put("composerCpuSeconds", ours.cpuS);
        figures.put("ffmpegSeconds", plain.wallS).put("ffmpegCpuSeconds", plain.cpuS);
        figures.put("ofRecorded", ofRecorded)
                .put("ratio", ratio)
                .put("cpuRatio", cpuRatio)
                .put("goalRatio", RATIO_GOAL);
    }

    private static CompositionRequest request(Meeting meeting, RecordParam param, Path work) throws IOException {
        return new CompositionRequest("bench", meeting.segments(), param, true, null, Files.createDirectory(work));
    }

    /** A film that is too short would be a quick one. */
    private static void check(CompositionResult made, int seconds) {
        long ms = made.files().getFirst().durationMs();
        if (Math.abs(ms - 1_000L * seconds) > LENGTH_MS_OFF_MAX
                || !made.warnings().isEmpty())
            throw new IllegalStateException("the film lasts " + ms + " ms; " + made.warnings());
    }

    private static Cost cost(Work work) throws Exception {
        double cpu = Programs.cpuSeconds();
        long beganNs = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - beganNs) / 1e9, Programs.cpuSeconds() - cpu);
    }

    private static String load() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return String.join(" ", fields[0], fields[1], fields[2]);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
