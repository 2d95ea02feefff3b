package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main job on real input with nobody watching: two browsers talk for 15 s through the demo page, the server records, a business server hears of it, and what
 * came out is measured. Exit status 0 only if all of it was seen.
 */
public final class Demo {
    /** From the first recorded frame, as the recorder tells it, to the click on Stop, which takes up to two seconds more on a busy machine. */
    static final long RECORDED_MS = 14_500;

    private static final int FRAMES_MIN = 200;
    private final Suite suite;
    private final Path folder;
    private final List<String> failures = new ArrayList<>();
    private Path shot;

    Demo(Suite suite, Path folder) {
        this.suite = suite;
        this.folder = folder;
    }

    /** {@code --keep} leaves the files and says where they are. */
    public static void main(String[] arguments) throws Exception {
        boolean keep = Arrays.asList(arguments).contains("--keep");
        Path folder = Files.createTempDirectory("parley-demo");
        List<String> failures = new Demo(Suite.fromProperty(), folder).run();
        if (keep) {
            say("files", folder.toString());
        } else {
            delete(folder);
        }
        failures.forEach(failure -> say("FAILED", failure));
        if (failures.isEmpty()) {
            say("demo", "all of it was seen");
        }
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /** What was not as it must be; empty when all was. */
    List<String> run() throws IOException, InterruptedException {
        Capture alices = Capture.make(folder, "Alice", "0x1f4fa0", 440);
        Capture bobs = Capture.make(folder, "Bob", "0xa0501f", 1130);
        say("made", "a picture with a clock and a tone per person: Alice 440 Hz, Bob 1130 Hz");
        try (BusinessServer business = new BusinessServer()) {
            String bizName = application(business);
            String recordId = call(bizName, alices, bobs);
            JsonNode callback = callback(business, recordId);
            check(recording(recordId, bizName), alices, bobs);
            say("callback", callback == null ? "none" : callback.toString());
        }
        return failures;
    }

    Path screenshot() {
        return shot;
    }

    private String application(BusinessServer business) throws IOException, InterruptedException {
        JsonNode made = suite.post(
                "account",
                "/v1/applications",
                suite.adminToken(),
                Map.of(
                        "name",
                        "Demo " + System.currentTimeMillis(),
                        "callbackUrl",
                        business.url(),
                        "guestsAllowed",
                        true));
        String bizName = made.path("application").path("bizName").asText();
        say("application", bizName + ", recording callback " + business.url());
        return bizName;
    }

    private String call(String bizName, Capture alices, Capture bobs) throws IOException, InterruptedException {
        try (Person alice = new Person(alices, 1280, 800, "en-US");
                Person bob = new Person(bobs, 1280, 800, "en-US")) {
            DemoPage alicesPage = new DemoPage(alice);
            DemoPage bobsPage = new DemoPage(bob);
            String link = alicesPage.start(suite.web(), bizName, "Alice");
            say("room", alicesPage.roomId());
            bobsPage.join(link, "Bob");
            say("first frame", "Bob sees Alice " + bobsPage.clickToFirstFrameMs() + " ms after his click on Join");
            alicesPage.clickToFirstFrameMs();
            long seen = alice.evaluate("window.parley.stats().then(s => s.received[0].publishedToFirstFrameMs)")
                    .asLong();
            say("first frame", "Alice sees Bob " + seen + " ms after she heard of his camera");
            alicesPage.record(true);
            String recordId = alicesPage.recordingId();
            say("recording", recordId);
            shot = folder.resolve("call.png");
            alice.screenshot(shot);
            long startedAtMs = startedAtMs(recordId, bizName);
            talk(alice, bob, startedAtMs + RECORDED_MS);
            alicesPage.record(false);
            say(
                    "call",
                    String.format(
                            Locale.ROOT,
                            "%.1f s since the first recorded frame",
                            (System.currentTimeMillis() - startedAtMs) / 1e3));
            report("Alice receives", alicesPage.received());
            report("Bob receives", bobsPage.received());
            for (Person person : List.of(alice, bob)) {
                person.complaints().forEach(complaint -> failures.add("the page complained: " + complaint));
            }
            return recordId;
        }
    }

    /** Keeps both pages' events going until then: this is the length of the call, not a wait for something. */
    private static void talk(Person alice, Person bob, long untilMs) {
        while (System.currentTimeMillis() < untilMs) {
            alice.page.waitForTimeout(50);
            bob.page.waitForTimeout(50);
        }
    }

    /** When the recorder had its first frame; it has told the page that it has one. */
    private long startedAtMs(String recordId, String bizName) throws IOException, InterruptedException {
        long at = view(recordId, bizName).path("startedAtMs").asLong();
        if (at == 0) {
            throw new IOException("the recorder reports a stream of " + recordId + " and no start");
        }
        return at;
    }

    private void report(String who, DemoPage.Received received) {
        say(
                who,
                received.framesDecoded() + " frames decoded, " + received.audioPackets()
                        + " audio packets, sound energy " + String.format(Locale.ROOT, "%.3f", received.energy()));
        require(
                received.framesDecoded() >= FRAMES_MIN,
                who + " fewer than " + FRAMES_MIN + " frames: " + received.framesDecoded());
        require(received.audioPackets() > 0 && received.energy() > 0, who + " no sound");
    }

    private JsonNode callback(BusinessServer business, String recordId) throws InterruptedException {
        JsonNode result = business.await(
                body -> body.path("recordId").asText().equals(recordId)
                        && body.path("eventCode").asInt() == 99,
                Duration.ofSeconds(60));
        require(result != null, "no callback with the result came within 60 s; received: " + business.received());
        if (result != null) {
            require(
                    result.path("recordResult").path("status").asInt() == 2,
                    "the callback says that it failed: " + result);
        }
        return result;
    }

    private JsonNode view(String recordId, String bizName) throws IOException, InterruptedException {
        String token = suite.post(
                        "account",
                        "/v1/room-tokens",
                        suite.adminToken(),
                        Map.of(
                                "bizName",
                                bizName,
                                "uid",
                                "demo",
                                "displayName",
                                "demo",
                                "room",
                                "",
                                "role",
                                "host",
                                "record",
                                true,
                                "moderate",
                                true,
                                "ttlSeconds",
                                600))
                .path("token")
                .asText();
        return suite.get("signaling", "/v1/recordings/" + recordId, token);
    }

    private Path recording(String recordId, String bizName) throws IOException, InterruptedException {
        JsonNode view = view(recordId, bizName);
        require(view.path("state").asText().equals("DONE"), "the recording is not done: " + view);
        String url = view.path("fileUrl").asText();
        say("recording", view.path("filePath").asText());
        return url.isEmpty() ? null : suite.download(url, folder.resolve("recording.mp4"));
    }

    private void check(Path film, Capture alices, Capture bobs) throws IOException, InterruptedException {
        if (film == null) {
            failures.add("the recording has no file");
            return;
        }
        RecordingFacts facts = RecordingFacts.of(film);
        say("ffprobe", facts.toString());
        require(facts.container().contains("mp4"), "not an MP4: " + facts.container());
        require(facts.videoCodec().equals("h264") && facts.audioCodec().equals("aac"), "not H.264 + AAC: " + facts);
        require(facts.seconds() >= 13 && facts.seconds() <= 17, "not 13 to 17 s long: " + facts.seconds());
        Tone tone = Tone.of(film);
        for (Capture person : List.of(alices, bobs)) {
            say(
                    "tone",
                    String.format(Locale.ROOT, "%d Hz at %.1f dB", person.toneHz(), tone.decibels(person.toneHz())));
            require(tone.carries(person.toneHz()), person.toneHz() + " Hz is not in the recording");
        }
        double middle = facts.seconds() / 2;
        Picture left = Picture.at(film, middle, 0.05, 0.35, 0.4, 0.3);
        Picture right = Picture.at(film, middle, 0.55, 0.35, 0.4, 0.3);
        say("pictures", "left " + left + ", right " + right);
        Picture blue = Picture.at(alices.video(), 1, 0, 0, 1, 1);
        Picture orange = Picture.at(bobs.video(), 1, 0, 0, 1, 1);
        boolean aliceLeft = left.distance(blue) < left.distance(orange);
        require(
                (aliceLeft ? left : right).distance(blue) < 60 && (aliceLeft ? right : left).distance(orange) < 60,
                "the two people are not both in the picture");
    }

    private void require(boolean holds, String failure) {
        if (!holds) {
            failures.add(failure);
        }
    }

    private static void say(String step, String text) {
        System.out.printf("%-16s %s%n", step, text);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
