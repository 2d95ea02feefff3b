package dev.parley.master.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.PlacementView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A large suite over ten minutes in steps of 100 ms: 20 relays, some 3,000 rooms that come and go. In the first six minutes relays die, come
 * back, join and flap; signaling asks for the rooms of a lost relay at once. In the last four they are left alone. A failure carries its
 * seed.
 */
class PlacementSimulationTest {
    private static final int STEP_MS = 100;
    private static final long STORM_MS = 6 * 60_000;
    private static final long END_MS = 10 * 60_000;
    private static final int RELAYS = 20;
    private static final int ROOMS_AT_ONCE = 3_000;
    private static final long ROOM_LIVES_MS = 60_000;
    /** What one room costs of a relay: 400 fill it. */
    private static final double ROOM_LOAD = 1.0 / 400;
    /** {@link Registry#LOST_AFTER_MS}, a sweep and a step. */
    private static final long RECOVERY_MS_MAX = 3_500;

    private final Registry registry = new Registry();
    private final FakeStore store = new FakeStore();
    private final NodeWatch watch = new NodeWatch(registry, store);
    private final Placer placer = new Placer(registry, store);
    private final List<Relay> relays = new ArrayList<>();

    private record Room(String id, long endsMs) {}

    private final Set<String> rooms = new HashSet<>();
    /** The same, the first to end first. */
    private final PriorityQueue<Room> ends = new PriorityQueue<>(Comparator.comparingLong(Room::endsMs));
    /** Rooms by boot, as of the last second. */
    private Map<String, Integer> measured = Map.of();

    /** Rooms whose relay is dead, with the time of its death. */
    private final Map<String, Long> homeless = new HashMap<>();

    private final Set<String> toldLost = new HashSet<>();
    private int told;
    private int expectedMoves;
    private int moves;
    private long longestRecoveryMs;

    private static final class Relay {
        final String id;
        int boots;
        boolean running;
        boolean flaps;
        long nextBeatMs;
        long restartsAtMs;

        Relay(String id) {
            this.id = id;
        }

        String boot() {
            return id + "-boot-" + boots;
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("MRTC-ARC-06")
    void roomsAreSpreadMoveOnlyWhenTheyMustAndAreBackInTime(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < RELAYS; i++) {
            var relay = new Relay("relay-" + i);
            relay.flaps = i < 2;
            if (i < RELAYS / 2) start(relay, 0); // the others join later
            else relay.restartsAtMs = random.nextLong(STORM_MS / 2);
            relays.add(relay);
        }
        int made = 0;
        double perStep = (double) ROOMS_AT_ONCE * STEP_MS / ROOM_LIVES_MS;
        for (long nowMs = 0; nowMs < END_MS; nowMs += STEP_MS) {
            var now = new Now(nowMs, 1_760_000_000_000L + nowMs);
            for (var relay : relays) live(relay, random, nowMs);
            beat(random, now);
            watch.proved(nowMs, now);
            watch.sweep(now);
            if (nowMs % 1_000 == 0) watch.reconcile(now);
            if (nowMs < 2_000) continue; // the relays are known by then
            moveLost(now, seed);
            for (int n = (int) (perStep + random.nextDouble()); n > 0; n--) {
                String room = "room-" + made++;
                settle(room, placer.place(room, now.wallMs()), nowMs);
                rooms.add(room);
                ends.add(new Room(room, nowMs + (long) (-ROOM_LIVES_MS * Math.log(1 - random.nextDouble()))));
            }
            end(nowMs);
            for (var waits : homeless.entrySet())
                assertTrue(
                        nowMs - waits.getValue() <= RECOVERY_MS_MAX,
                        waits.getKey() + " has been without a relay since " + waits.getValue() + ", seed " + seed);
        }
        assertEquals(expectedMoves, moves, "a room moves when its relay is lost, and never else, seed " + seed);
        assertTrue(moves > 1_000, "the storm moves rooms: " + moves + ", seed " + seed);
        assertTrue(made > 25_000 && rooms.size() > 2_500, made + " rooms made, seed " + seed);
        assertEven(seed);
        System.out.printf(
                "seed %d: %d rooms made, %d losses, %d moves, longest without a relay %d ms%n",
                seed, made, toldLost.size(), moves, longestRecoveryMs);
    }

    private void start(Relay relay, long nowMs) {
        relay.running = true;
        relay.boots++;
        relay.nextBeatMs = nowMs;
    }

    private void live(Relay relay, SplittableRandom random, long nowMs) {
        boolean storm = nowMs < STORM_MS;
        if (!relay.running) {
            if (nowMs >= relay.restartsAtMs) start(relay, nowMs);
            return;
        }
        // A flapping one dies every half minute and is back in a second, the others every five minutes for longer.
        if (!storm || random.nextInt(relay.flaps ? 300 : 3_000) != 0) return;
        relay.running = false;
        relay.restartsAtMs = nowMs + (relay.flaps ? 500 : 1_000 + random.nextInt(60_000));
        for (String room : rooms) {
            var placed = store.placements.get(room);
            if (placed.bootId().equals(relay.boot()) && homeless.putIfAbsent(room, nowMs) == null) expectedMoves++;
        }
    }

    private void beat(SplittableRandom random, Now now) {
        if (now.monoMs() % 500 == 0) measured = held();
        for (var relay : relays) {
            if (!relay.running || now.monoMs() < relay.nextBeatMs) continue;
            relay.nextBeatMs = now.monoMs() + 900 + random.nextInt(3) * STEP_MS;
            int count = measured.getOrDefault(relay.boot(), 0);
            double load = Math.clamp(count * ROOM_LOAD + random.nextDouble(-0.02, 0.02), 0, 1);
            watch.heard(
                    new NodeHeartbeat(
                            relay.id,
                            relay.boot(),
                            NodeKind.RELAY,
                            "http://" + relay.id,
                            null,
                            "",
                            load,
                            count,
                            false,
                            0),
                    now);
        }
    }

    private Map<String, Integer> held() {
        var held = new HashMap<String, Integer>();
        for (String room : rooms) held.merge(store.placements.get(room).bootId(), 1, Integer::sum);
        return held;
    }

    /** As signaling does: every living room of a lost relay is asked for again. */
    private void moveLost(Now now, long seed) {
        for (; told < store.changes.size(); told++) {
            var change = store.changes.get(told);
            if (change.type() != NodeChange.Type.LOST) continue;
            String boot = change.node().bootId();
            assertTrue(toldLost.add(boot), boot + " was lost twice, seed " + seed);
            for (String room : rooms) {
                var before = store.placements.get(room);
                if (!before.bootId().equals(boot)) continue;
                var after = placer.place(room, now.wallMs());
                assertEquals(before.generation() + 1, after.generation(), "seed " + seed);
                moves++;
                long since = homeless.remove(room);
                if (settle(room, after, now.monoMs()))
                    longestRecoveryMs = Math.max(longestRecoveryMs, now.monoMs() - since);
            }
        }
    }

    /** False when it was placed on a relay that is dead, which nobody knows yet: it will have to move. */
    private boolean settle(String room, PlacementView placed, long nowMs) {
        boolean lives = relays.stream()
                .anyMatch(r -> r.running && r.boot().equals(placed.node().bootId()));
        if (!lives) {
            homeless.put(room, nowMs);
            expectedMoves++;
        }
        return lives;
    }

    private void end(long nowMs) {
        while (!ends.isEmpty() && ends.peek().endsMs <= nowMs) {
            String room = ends.poll().id;
            rooms.remove(room);
            if (homeless.remove(room) != null) expectedMoves--;
            placer.remove(room);
        }
    }

    /** Four lives of a room after the storm: nobody has much more or less than his share. */
    private void assertEven(long seed) {
        var held = held();
        int share = rooms.size() / RELAYS;
        for (var relay : relays) {
            int count = held.getOrDefault(relay.boot(), 0);
            assertTrue(
                    Math.abs(count - share) <= 20 + share / 10,
                    relay.id + " holds " + count + " of a share of " + share + ": " + held + ", seed " + seed);
        }
    }
}
