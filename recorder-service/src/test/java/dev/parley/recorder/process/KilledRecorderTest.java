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
import dev.parley.recorder.crypto.JournalCipher;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.crypto.SealedJournals;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.recorder.testing.Speaker;
import dev.parley.recorder.testing.SpeakerFilm;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a recording survives: recorders in their own processes, killed; an object store that is away; a disk that is full. The cases run at the
 * same time. Rec-a has a database of its own, so that nobody takes over what it is to find again; rec-b and rec-c share one.
 */
@Tag("process")
@Tag("real-parts")
@Execution(ExecutionMode.CONCURRENT)
class KilledRecorderTest {
    private static final long HOLE_MS_MAX = 1_000;
    private static final long SECONDS_MAX = 180;
    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final TestAccount ACCOUNT = new TestAccount();
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();
    private static final Set<RecorderProcess> PROCESSES = ConcurrentHashMap.newKeySet();

    @TempDir
    static Path disks;

    private static ExecutorService starts;
    private static CountDownLatch storeCaseOver;
    private static CountDownLatch leaseCaseOver;
    private static Gate store;
    private static Path nas;
    private static Path hold;
    private static Path held;
    private static Map<String, String> aloneAndHeld;
    private static Future<RecorderProcess> recA;
    private static Future<RecorderProcess> recB;
    private static String shared;
    /** Only once rec-b has nothing more to lose to it: on a busy machine a lease runs out while its owner lives. */
    private static Future<RecorderProcess> recC;

    @TempDir
    Path folder;

    private final String id = "rec-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private BusinessServer business;
    private RelayTap relay;

    @BeforeAll
    static void startParts() throws Exception {
        starts = Executors.newVirtualThreadPerTaskExecutor();
        storeCaseOver = new CountDownLatch(1);
        leaseCaseOver = new CountDownLatch(1);
        recC = null;
        ENVIRONMENT.putAll(RealParts.settings("postgres,kafka,s3"));
        ACCOUNT.init(Map.of("client", "recorder"));
        ENVIRONMENT.putAll(ACCOUNT.start());
        ENVIRONMENT.put("PARLEY_MASTER_URL", "http://127.0.0.1:1");
        ENVIRONMENT.put("PARLEY_RECORDER_SEGMENT", "PT1S");
        ENVIRONMENT.put("PARLEY_MASTER_KEY", MASTER_KEY);
        ENVIRONMENT.put("PARLEY_PRIVATE_TARGETS", "127.0.0.0/8");
        store = new Gate(ENVIRONMENT.get("PARLEY_S3_URL"));
        hold = disks.resolve("hold");
        held = disks.resolve("held");
        Path slow = Files.writeString(
                disks.resolve("ffmpeg.sh"),
                "#!/bin/sh\ncase \"$*\" in *compose*) echo $$ > " + held + "; while [ -e " + hold
                        + " ]; do sleep 0.1; done;; esac\nexec ffmpeg \"$@\"\n");
        assertTrue(slow.toFile().setExecutable(true));

        nas = disks.resolve("nas");
        aloneAndHeld = Map.of(
                "PARLEY_DB_URL",
                database("alone"),
                "PARLEY_FFMPEG",
                slow.toString(),
                "PARLEY_RECORDER_FOLDER",
                nas.toString());
        recA = start("rec-a", aloneAndHeld);
        shared = database("shared");
        recB = start(
                "rec-b",
                Map.of(
                        "PARLEY_DB_URL",
                        shared,
                        "PARLEY_S3_URL",
                        store.url(),
                        "PARLEY_RECORDER_JOURNAL_WARNING",
                        "20K",
                        "PARLEY_RECORDER_JOURNAL_MAX",
                        "250K"));
    }

    @AfterAll
    static void stopAll() throws Exception {
        starts.close();
        for (RecorderProcess process : PROCESSES) process.close();
        PROCESSES.clear();
        store.close();
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
    @Tag("MRTC-FEA-23")
    @Tag("MRTC-FEA-26")
    void aRecorderKilledWhileItRecordsAndAgainWhileItComposesLosesNothing() throws Exception {
        RecorderProcess recorder = recA.get();
        String paused = "paused-" + id;
        RelayTap other = opened(new RelayTap());
        begin(recorder, other, paused);
        until("it is heard", () -> business.codes(paused).contains(0));
        recorder.verb(paused, "pause");
        begin(recorder, relay);
        until("a segment is stored", () -> hasFile("rec-a", ".stored"));
        int spoken = relay.frames();
        until("more is said", () -> relay.frames() > spoken + 40);

        recorder.kill();
        int saidBefore = relay.frames();
        RecorderProcess again = start("rec-a", aloneAndHeld).get();
        until("the tap is open again", () -> relay.hellos().size() == 2);
        assertEquals("boot-1", relay.hellos().get(1).epoch());
        long from = relay.hellos().get(1).from();
        assertTrue(from > 0 && from <= saidBefore, "resumes at frame " + from + " of " + saidBefore);
        speakOn();

        assertEquals("PAUSED", again.state(paused));
        assertEquals(1, other.hellos().size(), "nobody listens in the pause, not after the kill either");
        again.verb(paused, "resume");
        until("it taps again", () -> other.hellos().size() == 2);
        assertEquals(-1, other.hellos().getLast().from(), "what was said in the pause is not asked for");
        int resumed = other.frames();

        Files.createFile(hold);
        again.stop(id);
        until("the composition runs", () -> Files.exists(held) && Files.size(held) > 1);
        long orphan = Long.parseLong(Files.readString(held).strip());
        again.kill();
        assertTrue(isAlive(orphan), "the encoder outlives its recorder");
        RecorderProcess third = start("rec-a", aloneAndHeld).get();
        until("nobody encodes in vain", () -> !isAlive(orphan));
        Files.delete(hold);
        until("done", () -> third.state(id).equals("DONE"));

        assertEquals("done", third.view(id).get("message").asText(), "no packet lost, no segment damaged");
        assertNoHole(film(third));
        assertArrayEquals(composeHere(), third.film(id), "a pure function of the journal");
        until("reported", () -> business.codes(id).contains(99));
        assertEquals(List.of(10, 0, 11, 99), business.codesOnce(id), "told in order, over both restarts");
        isInTheFolder(third);
        aLostFilmIsMadeAgain(third);

        until("more is said", () -> other.frames() > resumed + 120);
        third.stop(paused);
        until("the other one is done", () -> third.state(paused).equals("DONE"));
        until("it is reported", () -> business.codes(paused).contains(99));
        assertEquals(List.of(10, 0, 60, 61, 11, 99), business.codesOnce(paused));
    }

    @Test
    void whatARecorderHasNotStoredYetWhenItLosesTheRecordingIsStoredAllTheSame() throws Exception {
        storeCaseOver.await();
        try {
            leaseLost(recB.get(), recC.get());
        } finally {
            store.open();
            leaseCaseOver.countDown();
        }
    }

    private void leaseLost(RecorderProcess first, RecorderProcess other) throws Exception {
        RelayTap shortMemory = opened(new RelayTap(8_000_000));
        begin(first, shortMemory);
        until("a segment is stored", () -> hasFile("rec-b", ".stored"));
        store.shut();
        long memoryMs = 8_000;
        int from = shortMemory.frames() - 1;
        until(
                "more is said than the relay remembers",
                () -> shortMemory.arrivedMs(shortMemory.frames() - 1) - shortMemory.arrivedMs(from) > memoryMs + 1_000);

        first.freeze();
        until("the other one taps", () -> shortMemory.hellos().size() == 2);
        int spoken = shortMemory.frames();
        until("more is said", () -> shortMemory.frames() > spoken + 100);
        first.thaw();
        store.open();
        until(
                "what the first one took is stored",
                () -> !Files.exists(disk("rec-b").resolve(id)));
        stopAndAwait(other);
        assertNoHole(film(other));
    }

    @Test
    void anotherRecorderGoesOnBeforeTheRelayForgets() throws Exception {
        leaseCaseOver.await();
        RecorderProcess first = recB.get();
        RecorderProcess other = recC.get();
        RelayTap shortMemory = opened(new RelayTap(8_000_000));
        begin(first, shortMemory);
        until("a segment is stored", () -> hasFile("rec-b", ".stored"));

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
    @Tag("MRTC-EVT-100106")
    void whileTheStoreIsAwayItIsKeptHereAndAFullDiskEndsItWithAllThatWasWritten() throws Exception {
        try {
            storeAwayAndDiskFull(recB.get());
        } finally {
            startRecC();
            storeCaseOver.countDown();
        }
    }

    private static synchronized void startRecC() {
        if (recC == null) recC = start("rec-c", Map.of("PARLEY_DB_URL", shared));
    }

    private void storeAwayAndDiskFull(RecorderProcess recorder) throws Exception {
        begin(recorder, relay);
        until("a segment is stored", () -> hasFile("rec-b", ".stored"));

        store.shut();
        until("warned", () -> business.codes(id).contains(50));
        assertEquals("RECORDING", recorder.state(id));
        assertTrue(hasFile("rec-b", ".seg"), "segments wait here");
        store.open();
        until("all is stored", () -> !hasFile("rec-b", ".seg"));

        store.shut();
        until("the disk is full", () -> business.codes(id).contains(100106));
        store.open();
        until("done", () -> recorder.state(id).equals("DONE"));
        startRecC();
        until("reported", () -> business.codes(id).contains(99));
        List<Integer> codes = business.codes(id);
        assertEquals(List.of(100106, 11, 99), codes.subList(codes.size() - 3, codes.size()));
        assertEquals(
                2,
                business.callbacks().getLast().get("recordResult").get("status").intValue());
        assertNoHole(film(recorder));
        assertTrue(recorder.view(id).get("durationMs").asLong() > 6_000, "all that was written");
        assertTrue(!Files.exists(disk("rec-b").resolve(id)), "nothing is left on the disk");
    }

    /** A new one, with the schema in it: two recorders that start at the same time would both make it. */
    private static String database(String name) throws Exception {
        String url = ENVIRONMENT.get("PARLEY_DB_URL");
        String own = url.substring(0, url.lastIndexOf('/') + 1) + name;
        sql(url, "drop database if exists " + name + " with (force)"); // of a run that failed
        sql(url, "create database " + name);
        sql(own, "create schema recorder");
        return own;
    }

    private static void sql(String url, String statement) throws Exception {
        String user = ENVIRONMENT.get("PARLEY_DB_USER");
        try (var connection = DriverManager.getConnection("jdbc:" + url, user, ENVIRONMENT.get("PARLEY_DB_PASSWORD"));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static Future<RecorderProcess> start(String node, Map<String, String> more) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        return starts.submit(() -> {
            RecorderProcess started = RecorderProcess.start(node, disks.resolve(node), environment);
            PROCESSES.add(started);
            return started;
        });
    }

    private void begin(RecorderProcess recorder, RelayTap tap) throws Exception {
        begin(recorder, tap, id);
    }

    private void begin(RecorderProcess recorder, RelayTap tap, String id) throws Exception {
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", tap.address(), "", 0, 0, false, 0);
        recorder.start(new ObjectMapper()
                .writeValueAsString(new StartRecording(
                        id, "room-" + id, "demo", "app", "space", node, "p-1", "", "", business.url(), param())));
        opened(new Speaker(tap));
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

    /** Rec-a keeps everything in a folder: its film is reported where it is, and a signed address at the recorder gives it, in parts if asked. */
    private void isInTheFolder(RecorderProcess recorder) throws Exception {
        JsonNode result = business.callbacks().stream()
                .filter(c -> c.get("recordId").asText().equals(id))
                .filter(c -> c.has("recordResult"))
                .findFirst()
                .orElseThrow()
                .get("recordResult");
        assertEquals(1, result.get("fileType").intValue());
        Path film = Path.of(result.get("filePath").asText());
        assertTrue(film.startsWith(nas), "below the mounted path: " + film);
        assertArrayEquals(recorder.film(id), Files.readAllBytes(film));
        JsonNode view = recorder.view(id);
        assertEquals(film.toString(), view.get("filePath").asText());
        assertEquals(1, view.at("/files/0/fileType").intValue());

        String url = view.get("fileUrl").asText();
        assertArrayEquals(Files.readAllBytes(film), fetch(url, "").body());
        var part = fetch(url, "bytes=10-19");
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(Files.readAllBytes(film), 10, 20), part.body());
        assertEquals(416, fetch(url, "bytes=999999999-").statusCode());
        assertEquals(403, fetch(url.replace(".mp4", ".mp5"), "").statusCode(), "signed for one file");
    }

    /** As docs/recording.md tells operators to do it. */
    private void aLostFilmIsMadeAgain(RecorderProcess recorder) throws Exception {
        Path film = Path.of(recorder.view(id).get("filePath").asText());
        byte[] before = Files.readAllBytes(film);
        Files.delete(film);
        String page = Files.readString(Path.of("..", "docs", "recording.md"));
        String statement = page.split("```sql")[1].split("```")[0].replace("'...'", "'" + id + "'");
        sql(aloneAndHeld.get("PARLEY_DB_URL"), statement);
        until("it is made again", () -> recorder.state(id).equals("DONE") && Files.exists(film));
        assertArrayEquals(before, Files.readAllBytes(film));
    }

    private static HttpResponse<byte[]> fetch(String url, String range) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!range.isEmpty()) request.header("Range", range);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    /** The same journal, composed in this process. */
    private byte[] composeHere() throws Exception {
        Path work = Files.createDirectory(folder.resolve("here"));
        List<Path> segments;
        try (var files = Files.list(nas.resolve("recordings").resolve(id).resolve("segments"))) {
            segments = files.sorted().toList();
        }
        var composer = new Composer(
                new Ffmpeg("ffmpeg", "ffprobe", 60),
                new SealedJournals(JournalCipher.NONE, Optional.of(MasterKey.of(MASTER_KEY)), List.of()));
        return Files.readAllBytes(composer.compose(
                        new CompositionRequest(id, segments, param().withDefaults(), true, null, work), _ -> {})
                .files()
                .getFirst()
                .path());
    }

    private Path disk(String node) {
        return disks.resolve(node).resolve("journal");
    }

    private boolean hasFile(String node, String end) throws Exception {
        Path own = disk(node).resolve(id);
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
        try {
            Await.until(what, SECONDS_MAX, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logs(), e);
        }
    }

    /** What the recorders said last. */
    private static String logs() throws Exception {
        var text = new StringBuilder();
        for (String node : List.of("rec-a", "rec-b", "rec-c")) {
            Path log = disks.resolve(node + ".log");
            if (!Files.exists(log)) continue;
            String all = Files.readString(log);
            text.append("---- ").append(node).append('\n').append(all.substring(Math.max(0, all.length() - 6_000)));
        }
        return text.toString();
    }
}
