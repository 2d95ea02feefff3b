package dev.parley.recorder.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.compose.Composer;
import dev.parley.recorder.compose.CompositionRequest;
import dev.parley.recorder.compose.Ffmpeg;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.recorder.testing.Speaker;
import dev.parley.recorder.testing.SpeakerFilm;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.minio.DownloadObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording survives: recorders in their own processes, killed; an object store that is away; a disk that is full. */
@Tag("process")
@Tag("real-parts")
class KilledRecorderTest {
    private static final long HOLE_MS_MAX = 1_000;
    private static final TestAccount ACCOUNT = new TestAccount();
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    @TempDir
    Path folder;

    private final String id = "rec-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private BusinessServer business;
    private RelayTap relay;

    @BeforeAll
    static void startParts() {
        ENVIRONMENT.putAll(RealParts.settings("postgres,kafka,s3"));
        ACCOUNT.init(Map.of("client", "recorder"));
        ENVIRONMENT.putAll(ACCOUNT.start());
        ENVIRONMENT.put("PARLEY_MASTER_URL", "http://127.0.0.1:1");
        ENVIRONMENT.put("PARLEY_RECORDER_SEGMENT", "PT1S");
        ENVIRONMENT.put("PARLEY_PRIVATE_TARGETS", "127.0.0.0/8");
    }

    @AfterAll
    static void stopAccount() {
        ACCOUNT.stop();
    }

    @BeforeEach
    void openWorld() throws Exception {
        relay = opened(new RelayTap());
        business = opened(new BusinessServer());
    }

    @AfterEach
    void closeWorld() throws Exception {
        for (AutoCloseable part : open.reversed()) part.close();
    }

    @Test
    void aKilledRecorderGoesOnFromItsDiskAndNothingIsMissing() throws Exception {
        RecorderProcess recorder = recorder("rec-a", Map.of());
        begin(recorder, relay);
        until("a segment is stored", () -> hasFile(disk("rec-a"), ".stored"));
        int spoken = relay.frames();
        until("more is said", () -> relay.frames() > spoken + 40);

        recorder.kill();
        int saidBefore = relay.frames();
        RecorderProcess again = recorder("rec-a", Map.of());
        until("the tap is open again", () -> relay.hellos().size() == 2);

        assertEquals("boot-1", relay.hellos().get(1).epoch());
        long from = relay.hellos().get(1).from();
        assertTrue(from > 0 && from <= saidBefore, "resumes at frame " + from + " of " + saidBefore);
        speakOn();
        JsonNode done = stopAndAwait(again);
        assertEquals("done", done.get("message").asText(), "no packet lost, no segment damaged");
        assertNoHole(film(again));
        until("reported", () -> business.codes(id).contains(99));
        assertEquals(List.of(10, 0, 11, 99), business.codes(id), "told once, in order, over the restart");
    }

    @Test
    void anotherRecorderGoesOnBeforeTheRelayForgets() throws Exception {
        RelayTap shortMemory = opened(new RelayTap(8_000_000));
        RecorderProcess first = recorder("rec-b", Map.of());
        RecorderProcess other = recorder("rec-c", Map.of());
        begin(first, shortMemory);
        until("a segment is stored", () -> hasFile(disk("rec-b"), ".stored"));

        first.kill();
        long killed = System.nanoTime();
        until("the other one taps", () -> shortMemory.hellos().size() == 2);
        long takenMs = (System.nanoTime() - killed) / 1_000_000;

        System.out.println("taken over after " + takenMs + " ms"); // 3 s, and more where the processor is short
        int spoken = shortMemory.frames();
        until("more is said", () -> shortMemory.frames() > spoken + 100);
        stopAndAwait(other);
        assertNoHole(film(other));
    }

    @Test
    void aKilledCompositionRunsAgainAndMakesTheSameFilm() throws Exception {
        Path hold = Files.createFile(folder.resolve("hold"));
        Path held = folder.resolve("held");
        Path slow = Files.writeString(
                folder.resolve("ffmpeg.sh"),
                "#!/bin/sh\ncase \"$*\" in *compose*) echo $$ > " + held + "; while [ -e " + hold
                        + " ]; do sleep 0.1; done;; esac\nexec ffmpeg \"$@\"\n");
        assertTrue(slow.toFile().setExecutable(true));
        RecorderProcess recorder = recorder("rec-d", Map.of("PARLEY_FFMPEG", slow.toString()));
        begin(recorder, relay);
        speakOn();
        recorder.stop(id);
        until("the composition runs", () -> Files.exists(held) && Files.size(held) > 1);
        long orphan = Long.parseLong(Files.readString(held).strip());

        recorder.kill();
        assertTrue(isAlive(orphan), "the encoder outlives its recorder");
        RecorderProcess again = recorder("rec-d", Map.of("PARLEY_FFMPEG", slow.toString()));
        until("nobody encodes in vain", () -> !isAlive(orphan));
        Files.delete(hold);
        until("done", () -> again.state(id).equals("DONE"));

        assertArrayEquals(composeHere(), again.film(id), "a pure function of the journal");
        until("reported", () -> business.codes(id).contains(99));
        assertEquals(List.of(10, 0, 11, 99), business.codes(id));
    }

    @Test
    @Tag("MRTC-EVT-100106")
    void whileTheStoreIsAwayItIsKeptHereAndAFullDiskEndsItWithAllThatWasWritten() throws Exception {
        Gate store = opened(new Gate(ENVIRONMENT.get("PARLEY_S3_URL")));
        RecorderProcess recorder = recorder(
                "rec-e",
                Map.of(
                        "PARLEY_S3_URL",
                        store.url(),
                        "PARLEY_RECORDER_JOURNAL_WARNING",
                        "20K",
                        "PARLEY_RECORDER_JOURNAL_MAX",
                        "90K"));
        begin(recorder, relay);
        until("a segment is stored", () -> hasFile(disk("rec-e"), ".stored"));

        store.shut();
        until("warned", () -> business.codes(id).contains(50));
        assertEquals("RECORDING", recorder.state(id));
        assertTrue(hasFile(disk("rec-e"), ".seg"), "segments wait here");
        store.open();
        until("all is stored", () -> !hasFile(disk("rec-e"), ".seg"));

        store.shut();
        until("the disk is full", () -> business.codes(id).contains(100106));
        store.open();
        until("done", () -> recorder.state(id).equals("DONE"));
        until("reported", () -> business.codes(id).contains(99));
        List<Integer> codes = business.codes(id);
        assertEquals(List.of(100106, 11, 99), codes.subList(codes.size() - 3, codes.size()));
        assertEquals(
                2,
                business.callbacks().getLast().get("recordResult").get("status").intValue());
        Path film = film(recorder);
        assertNoHole(film);
        assertTrue(recorder.view(id).get("durationMs").asLong() > 6_000, "all that was written");
        assertTrue(!Files.exists(disk("rec-e").resolve(id)), "nothing is left on the disk");
    }

    private RecorderProcess recorder(String node, Map<String, String> more) throws Exception {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        return opened(RecorderProcess.start(node, folder.resolve(node), environment));
    }

    private void begin(RecorderProcess recorder, RelayTap tap) throws Exception {
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", tap.address(), "", 0, 0, false, 0);
        recorder.start(new ObjectMapper()
                .writeValueAsString(new StartRecording(
                        id, "room-" + id, "demo", "app", "space", node, "p-1", "", "", business.url(), param())));
        opened(new Speaker(tap, folder));
        until(
                "it records",
                () -> recorder.state(id).equals("RECORDING") && tap.hellos().size() == 1);
    }

    private static RecordParam param() throws Exception {
        return new ObjectMapper().readValue("{\"width\":160,\"height\":96,\"fps\":10}", RecordParam.class);
    }

    private void speakOn() throws Exception {
        int spoken = relay.frames();
        until("more is said", () -> relay.frames() > spoken + 120);
    }

    private JsonNode stopAndAwait(RecorderProcess recorder) throws Exception {
        recorder.stop(id);
        until("done", () -> recorder.state(id).equals("DONE"));
        return recorder.view(id);
    }

    private Path film(RecorderProcess recorder) throws Exception {
        return Files.write(folder.resolve("film.mp4"), recorder.film(id));
    }

    private static void assertNoHole(Path film) throws Exception {
        long picture = SpeakerFilm.longestHoleInPictureMs(film);
        long sound = SpeakerFilm.longestSilenceMs(film);
        System.out.println("longest hole: picture " + picture + " ms, sound " + sound + " ms");
        assertTrue(picture <= HOLE_MS_MAX, "the picture stands or jumps for " + picture + " ms");
        assertTrue(sound <= HOLE_MS_MAX, "silence for " + sound + " ms");
    }

    /** The same journal, composed in this process. */
    private byte[] composeHere() throws Exception {
        var s3 = MinioClient.builder()
                .endpoint(ENVIRONMENT.get("PARLEY_S3_URL"))
                .region(ENVIRONMENT.get("PARLEY_S3_REGION"))
                .credentials(ENVIRONMENT.get("PARLEY_S3_ACCESS_KEY"), ENVIRONMENT.get("PARLEY_S3_SECRET_KEY"))
                .build();
        String bucket = ENVIRONMENT.get("PARLEY_S3_BUCKET");
        Path work = Files.createDirectory(folder.resolve("here"));
        var segments = new ArrayList<Path>();
        var list = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix("recordings/" + id + "/segments/")
                .recursive(true)
                .build();
        for (var item : s3.listObjects(list)) {
            String key = item.get().objectName();
            Path file = work.resolve(key.substring(key.lastIndexOf('/') + 1));
            s3.downloadObject(DownloadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .filename(file.toString())
                    .build());
            segments.add(file);
        }
        segments.sort(null);
        var composer = new Composer(new Ffmpeg("ffmpeg", "ffprobe", 60));
        return Files.readAllBytes(
                composer.compose(new CompositionRequest(id, segments, param().withDefaults(), true, null, work))
                        .files()
                        .getFirst()
                        .path());
    }

    private Path disk(String node) {
        return folder.resolve(node).resolve("journal");
    }

    private boolean hasFile(Path journal, String end) throws Exception {
        Path own = journal.resolve(id);
        if (!Files.isDirectory(own)) return false;
        try (var files = Files.list(own)) {
            return files.anyMatch(file -> file.toString().endsWith(end));
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> condition) throws Exception {
        Await.until(what, condition);
    }
}
