package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The relay that carries a call is killed. What is measured: from {@code kill -9} to the first frame decoded afterwards, in every browser; the page does
 * nothing for it. {@code -Dparley.relay-kills=20} for more runs.
 */
@ExtendWith(RunningSuite.class)
@Isolated("kills the relay of everybody")
class RelayDiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int KILLS = Integer.getInteger("parley.relay-kills", 1);
    /** A frame within this time was on its way when the relay died; detection takes more than a second. */
    private static final long ON_THEIR_WAY_MS = 700;
    /** A bound that only a broken failover exceeds, whatever else the machine does; the goal is in the class's output, and for a quiet machine. */
    private static final long BACK_MS_MAX = 30_000;

    @Test
    @Tag("MRTC-ARC-06")
    @Tag("MRTC-WIRE-32")
    void mediaIsBackForEverybodyWhenTheirRelayIsKilled(Suite suite) throws Exception {
        var took = new ArrayList<Long>();
        try (Person alice = new Person(null, 640, 480, "en-US");
                Person bob = new Person(null, 640, 480, "en-US")) {
            for (int kill = 0; kill < KILLS; kill++) took.addAll(killUnder(suite, alice, bob, kill));
        }
        took.sort(null);
        System.out.printf(
                "relay killed %d times, 2 browsers: media back p50 %d ms, max %d ms; %s%n",
                KILLS, took.get((took.size() - 1) / 2), took.getLast(), took);
        assertTrue(took.getLast() < BACK_MS_MAX, took.toString());
    }

    /** How long each was without a new frame, milliseconds. The suite's own relay takes the room over. */
    private static List<Long> killUnder(Suite suite, Person alice, Person bob, int kill) throws Exception {
        String id = "relay-spare-" + kill;
        try (SecondCopy spare = RelayCall.relay(suite, id)) {
            String roomId = RelayCall.meetOn(suite, alice, bob, id, LIMIT);
            long killedAt = System.currentTimeMillis();
            spare.kill();
            var took = new ArrayList<Long>();
            for (Person person : List.of(alice, bob)) {
                String back = "call.grew.find((at) => at > " + (killedAt + ON_THEIR_WAY_MS) + ")";
                person.await(back, LIMIT);
                took.add(person.evaluate(back).asLong() - killedAt);
                person.await("call.frames().then((n) => n > 20)", LIMIT);
                assertEquals(2, person.evaluate("call.room.participants.length").asInt(), "nobody left");
            }
            assertEquals(2, RelayCall.place(suite, roomId).path("generation").asInt());
            for (Person person : List.of(alice, bob)) person.evaluate("call.leave()");
            return took;
        }
    }
}
