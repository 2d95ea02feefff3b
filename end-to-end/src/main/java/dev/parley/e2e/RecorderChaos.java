package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code ./parley chaos recorder [--kills 30] [--seed N] [--only TARGET]}: two browsers talk, one recording after the other is made, and in each a process is
 * killed at a random point. Then the promises are checked on the film: both voices and both pictures to the end, no hole longer than 1 s, and that
 * the recording was taken up within 5 s. While a relay is away nobody sends anything: there the hole may be as long as the media were, and 1 s.
 * Exit status 0 when all were kept. The same seed kills in the same order after the same times.
 */
public final class RecorderChaos {
    private static final String USAGE = "usage: ./parley chaos recorder [--kills 30] [--seed N] [--only TARGET]";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final double HOLE_S_MAX = 1, CARRIED_ON_S_MAX = 5;
    private static final int SPARE_PORTS = 40;
    /** What is still decoded after its relay has died. */
    private static final int ON_THEIR_WAY_MS = 700;

    /** Whom to kill. */
    enum Target {
        RECORDER,
        FFMPEG,
        RELAY,
        SIGNALING,
        MASTER,
        ACCOUNT,
        /** Kafka and the object store; PostgreSQL is a process of its own and stays. */
        INFRA
    }

    /**
     * @param afterS     when it was killed, since the recording began; for FFMPEG since the stop
     * @param carriedOnS from the kill until somebody went on with the recording, media flowed again, or the film was made; 0 = nobody had to
     * @param soundS     the longest hole in one of the voices
     * @param pictureS   the longest time for which one of the pictures stood
     */
    private record Outcome(
            Target target,
            double afterS,
            double carriedOnS,
            double soundS,
            double pictureS,
            double filmS,
            List<String> broken) {
        double holeS() {
            return Math.max(soundS, pictureS);
        }
    }

    private static final String ENTER = """
        (async () => {
          const session = %1$s;
          const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
          const invitation = %2$s ?? (await session.createRoom({}));
          const room = await session.join(invitation);
          await room.publish(media, { source: 'camera' });
          const frames = async () => (await room.stats()).received.reduce((n, f) => n + f.video.framesDecoded, 0);
          // Counters begin anew on another relay, so only their growth says something.
          const grows = async () => {
            const before = await frames();
            await new Promise((then) => setTimeout(then, 300));
            return (await frames()) > before;
          };
          globalThis.call = { session, room, grows };
          return { roomId: room.roomId, rtoken: room.rtoken };
        })()
        """;

    private final Suite suite;
    private final Path folder;
    private final SplittableRandom random;
    private final Map<Target, List<Victim>> victims = new EnumMap<>(Target.class);
    private Person alice;
    private Person bob;
    private String roomId;

    private RecorderChaos(Suite suite, Path folder, long seed) {
        this.suite = suite;
        this.folder = folder;
        this.random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) throws Exception {
        int kills = 30;
        long seed = System.nanoTime();
        var targets = new ArrayList<>(List.of(Target.values()));
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String name = left.next();
            if (!left.hasNext()) throw new IllegalArgumentException(USAGE);
            switch (name) {
                case "--kills" -> kills = Integer.parseInt(left.next());
                case "--seed" -> seed = Long.parseLong(left.next());
                case "--only" ->
                    targets.retainAll(List.of(Target.valueOf(left.next().toUpperCase(Locale.ROOT))));
                default -> throw new IllegalArgumentException("there is no option " + name + "\n" + USAGE);
            }
        }
        System.out.println(kills + " kills, seed " + seed);
        Path folder = Files.createTempDirectory("parley-chaos");
        var chaos = new RecorderChaos(Suite.fromProperty(), folder, seed);
        // The launcher knows nothing of processes that were started again, so an interrupted run would leave them.
        Runtime.getRuntime().addShutdownHook(new Thread(chaos::closeVictims));
        boolean kept;
        try {
            kept = chaos.run(kills, targets);
        } finally {
            chaos.closeVictims();
            Demo.delete(folder);
        }
        System.exit(kept ? 0 : 1);
    }

    private void closeVictims() {
        for (List<Victim> all : victims.values()) all.forEach(Victim::close);
    }

    private boolean run(int kills, List<Target> targets) throws IOException, InterruptedException {
        openVictims();
        Capture alices = Capture.make(folder, "Alice", "0x1f4fa0", 440);
        Capture bobs = Capture.make(folder, "Bob", "0xa0501f", 1130);
        var outcomes = new ArrayList<Outcome>();
        try (Person first = new Person(alices, 640, 480, "en-US");
                Person second = new Person(bobs, 640, 480, "en-US")) {
            alice = first;
            bob = second;
            JsonNode invitation = enter(alice, "Alice", "null");
            roomId = invitation.path("roomId").asText();
            enter(bob, "Bob", invitation.toString());
            for (int kill = 1; kill <= kills; kill++) {
                Target target = targets.get((kill - 1) % targets.size());
                Outcome outcome;
                try {
                    outcome = round(target, List.of(alices.toneHz(), bobs.toneHz()));
                } catch (IOException | RuntimeException e) {
                    outcome = new Outcome(target, 0, 0, 0, 0, 0, List.of(String.valueOf(e.getMessage())));
                }
                outcomes.add(outcome);
                System.out.printf(
                        Locale.ROOT,
                        "%3d %-9s after %4.1f s, carried on after %5.2f s, longest hole in sound %3.1f s, in pictures %3.1f s, film of %4.1f s %s%n",
                        kill,
                        target,
                        outcome.afterS,
                        outcome.carriedOnS,
                        outcome.soundS,
                        outcome.pictureS,
                        outcome.filmS,
                        outcome.broken.isEmpty() ? "" : "BROKEN: " + outcome.broken);
            }
        }
        return summary(outcomes);
    }

    /** Two recorders and two relays, so that one can take over from the other; one of each of the others. */
    private void openVictims() throws IOException, InterruptedException {
        int port = URI.create(suite.url("signaling")).getPort() + SPARE_PORTS;
        Victim relay = Victim.of(suite, "relay");
        Victim recorder = Victim.of(suite, "recorder");
        victims.put(Target.SIGNALING, List.of(Victim.of(suite, "signaling")));
        victims.put(Target.MASTER, List.of(Victim.of(suite, "master")));
        victims.put(Target.ACCOUNT, List.of(Victim.of(suite, "account")));
        victims.put(Target.INFRA, List.of(Victim.of(suite, "infra")));
        victims.put(
                Target.RELAY,
                List.of(
                        relay,
                        relay.copy(
                                "relay-spare",
                                port,
                                Map.of(
                                        "PARLEY_RELAY_URL", "http://127.0.0.1:" + port,
                                        "PARLEY_RELAY_MEDIA_PORT", "" + (port + 1),
                                        "PARLEY_RELAY_TAP_PORT", "" + (port + 2),
                                        "PARLEY_DATA_DIR",
                                                folder.resolve("relay").toString()))));
        victims.put(
                Target.RECORDER,
                List.of(
                        recorder,
                        recorder.copy(
                                "recorder-spare",
                                port + 3,
                                Map.of(
                                        "PARLEY_DATA_DIR",
                                        folder.resolve("recorder").toString()))));
    }

    private JsonNode enter(Person person, String name, String invitation) {
        person.page.navigate(suite.web() + "v1/info");
        return person.evaluate(String.format(ENTER, GuestScript.session(name, "[location.origin]"), invitation));
    }

    private Outcome round(Target target, List<Integer> tones) throws IOException, InterruptedException {
        for (Person person : List.of(alice, bob)) person.await("call.grows()", LIMIT);
        String id = alice.evaluate(
                        "call.room.startRecording({ param: { width: 320, height: 180, fps: 10, rtWatermark: 0,"
                                + " recordTotalStream: 2 } })")
                .asText();
        await("it records", () -> view(id).path("state").asText().equals("RECORDING"));
        long begunNs = System.nanoTime();
        talk(1_500 + random.nextInt(4_500));
        double afterS = (System.nanoTime() - begunNs) / 1e9;
        double carriedOnS = 0;
        if (target != Target.FFMPEG) {
            carriedOnS = kill(target, id);
            talk(2_000 + random.nextInt(2_000));
        }
        await("it is stopped", () -> stopped(id));
        if (target == Target.FFMPEG) {
            long stoppedNs = System.nanoTime();
            long killedNs = killFfmpeg(id);
            afterS = (killedNs - stoppedNs) / 1e9;
            await("it is made again", () -> view(id).path("state").asText().equals("DONE"));
            carriedOnS = (System.nanoTime() - killedNs) / 1e9;
        }
        await(
                "it is done",
                () -> List.of("DONE", "FAILED").contains(view(id).path("state").asText()));
        JsonNode view = view(id);
        if (!view.path("state").asText().equals("DONE"))
            return new Outcome(
                    target,
                    afterS,
                    carriedOnS,
                    0,
                    0,
                    0,
                    List.of("it failed: " + view.path("message").asText()));
        var film = new ChaosFilm(suite.download(view.path("fileUrl").asText(), folder.resolve("film.mp4")));
        return judged(target, afterS, carriedOnS, film, tones);
    }

    private static Outcome judged(Target target, double afterS, double carriedOnS, ChaosFilm film, List<Integer> tones)
            throws IOException, InterruptedException {
        var broken = new ArrayList<>(film.missing(tones));
        double sound = film.longestSilenceS(tones);
        double picture = film.longestFreezeS();
        double allowed = HOLE_S_MAX + (target == Target.RELAY ? carriedOnS : 0);
        if (Math.max(sound, picture) > allowed) broken.add("a hole longer than " + allowed + " s");
        if (target == Target.RECORDER && carriedOnS > CARRIED_ON_S_MAX)
            broken.add(String.format(Locale.ROOT, "taken up after %.1f s", carriedOnS));
        return new Outcome(target, afterS, carriedOnS, sound, picture, film.seconds(), broken);
    }

    /** Kills the one that matters to this recording, waits until all goes on, and starts it again. */
    private double kill(Target target, String id) throws IOException, InterruptedException {
        Victim victim = victims.get(target).getFirst();
        if (target == Target.RECORDER) {
            for (Victim one : victims.get(target)) if (writes(one, id)) victim = one;
        } else if (target == Target.RELAY) {
            String place = suite.get("master", "/v1/rooms/" + roomId + "/placement", suite.serviceToken())
                    .at("/node/nodeId")
                    .asText();
            for (Victim one : victims.get(target)) if (one.nodeId().equals(place)) victim = one;
        }
        int before = timesTakenUp(id); // it may have changed hands before, on a machine that is too busy for its leases
        victim.kill();
        long killedNs = System.nanoTime();
        double carriedOnS = 0;
        if (target == Target.RECORDER) {
            await("somebody goes on", () -> timesTakenUp(id) > before);
            carriedOnS = (System.nanoTime() - killedNs) / 1e9;
        } else if (target == Target.RELAY) {
            talk(ON_THEIR_WAY_MS);
            for (Person person : List.of(alice, bob)) person.await("call.grows()", LIMIT);
            carriedOnS = (System.nanoTime() - killedNs) / 1e9;
        }
        victim.launch();
        victim.awaitReady();
        for (Person person : List.of(alice, bob)) {
            person.await("call.session.state === 'open'", LIMIT);
            person.await("call.grows()", LIMIT);
        }
        return carriedOnS;
    }

    /** Whether this recorder has the recording: only there a segment is open. */
    private static boolean writes(Victim recorder, String id) throws IOException {
        Path journal = Path.of(recorder.setting("PARLEY_DATA_DIR"), "journal", id);
        if (!Files.isDirectory(journal)) return false;
        try (var files = Files.list(journal)) {
            return files.anyMatch(file -> file.toString().endsWith(".open"));
        }
    }

    private int timesTakenUp(String id) throws IOException {
        int times = 0;
        for (Victim one : victims.get(Target.RECORDER)) times += one.times("recording " + id + " goes on here");
        return times;
    }

    /** Kills the first FFmpeg that works on this recording's film. Returns when. */
    private long killFfmpeg(String id) throws IOException, InterruptedException {
        var killed = new boolean[1];
        await("its film is made", () -> {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .arguments()
                            .map(words -> Arrays.stream(words).anyMatch(word -> word.contains("/compose/" + id + "/")))
                            .orElse(false))
                    .findFirst()
                    .ifPresent(process -> killed[0] = process.destroyForcibly());
            return killed[0] || view(id).path("state").asText().equals("DONE");
        });
        if (!killed[0]) throw new IOException("no FFmpeg was seen");
        return System.nanoTime();
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Asks again and again; a service that is away just now has not answered yet. */
    private void await(String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                if (condition.holds()) return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline)
                    throw new IllegalStateException("not in time: " + what + ": " + e.getMessage());
            }
            if (System.nanoTime() > deadline) throw new IllegalStateException("not in time: " + what);
            alice.page.waitForTimeout(25);
            bob.page.waitForTimeout(25);
        }
    }

    private boolean stopped(String id) throws IOException, InterruptedException {
        String state = view(id).path("state").asText();
        if (!List.of("STARTING", "RECORDING").contains(state)) return true;
        suite.post("recorder", "/v1/recordings/" + id + ":stop", suite.serviceToken(), Map.of());
        return false;
    }

    private JsonNode view(String id) throws IOException, InterruptedException {
        return suite.get("recorder", "/v1/recordings/" + id, suite.serviceToken());
    }

    /** The length of the call, not a wait for something. */
    private void talk(int ms) {
        long untilNs = System.nanoTime() + 1_000_000L * ms;
        while (System.nanoTime() < untilNs) {
            alice.page.waitForTimeout(50);
            bob.page.waitForTimeout(50);
        }
    }

    private static boolean summary(List<Outcome> outcomes) {
        System.out.printf(
                "%n%-10s %6s %8s %22s %16s%n", "killed", "times", "broken", "carried on, s max", "hole, s max");
        for (Target target : Target.values()) {
            var mine = outcomes.stream().filter(one -> one.target == target).toList();
            if (mine.isEmpty()) continue;
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %6d %8d %22.2f %16.1f%n",
                    target,
                    mine.size(),
                    mine.stream().filter(one -> !one.broken.isEmpty()).count(),
                    mine.stream().mapToDouble(Outcome::carriedOnS).max().orElse(0),
                    mine.stream().mapToDouble(Outcome::holeS).max().orElse(0));
        }
        return outcomes.stream().allMatch(one -> one.broken.isEmpty());
    }
}
