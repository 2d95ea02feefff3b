package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The relay that carries a call is killed. What is measured: from {@code kill -9} to the first frame decoded afterwards, in every browser; the page does
 * nothing for it. {@code -Dparley.relay-kills=20} for more runs.
 */
@ExtendWith(RunningSuite.class)
class RelayDiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int KILLS = Integer.getInteger("parley.relay-kills", 1);
    /** A frame within this time was on its way when the relay died; detection takes more than a second. */
    private static final long ON_THEIR_WAY_MS = 700;
    /** A bound that only a broken failover exceeds, whatever else the machine does; the goal is in the class's output, and for a quiet machine. */
    private static final long BACK_MS_MAX = 30_000;

    private static final String ENTER = """
        (async () => {
          const { connect } = await import('/sdk/core/index.js');
          const token = await fetch('/v1/guest-tokens', { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ bizName: '', displayName: '%1$s', room: '' }) }).then((r) => r.json()).then((r) => r.token);
          const session = await connect({ urls: [location.origin], token });
          globalThis.camera ??= await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
          const invitation = %2$s ?? (await session.createRoom({}));
          const room = await session.join(invitation);
          await room.publish(globalThis.camera, { source: 'camera' });
          const frames = async () => (await room.stats()).received.reduce((n, f) => n + f.video.framesDecoded, 0);
          const grew = []; // when the count of decoded frames had changed
          let last = 0;
          const watch = setInterval(async () => {
            const now = await frames();
            if (now !== last && now > 0) grew.push(Date.now());
            last = now;
          }, 40);
          globalThis.call = { session, room, frames, grew, leave: async () => { clearInterval(watch); await room.leave(); await session.close?.(); } };
          return { roomId: room.roomId, rtoken: room.rtoken };
        })()
        """;

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
        try (SecondCopy spare = relay(suite, id)) {
            String roomId = meetOn(suite, alice, bob, id);
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
            assertEquals(2, place(suite, roomId).path("generation").asInt());
            for (Person person : List.of(alice, bob)) person.evaluate("call.leave()");
            return took;
        }
    }

    private static SecondCopy relay(Suite suite, String id) throws Exception {
        int port = URI.create(suite.url("signaling")).getPort() + 30;
        return SecondCopy.of(
                suite,
                "relay",
                id,
                port,
                Map.of(
                        "PARLEY_RELAY_URL", "http://127.0.0.1:" + port,
                        "PARLEY_RELAY_MEDIA_PORT", "" + (port + 1),
                        "PARLEY_RELAY_TAP_PORT", "" + (port + 2)));
    }

    /** A call of the two on this relay; another room is taken until one is there. */
    private static String meetOn(Suite suite, Person alice, Person bob, String relay) throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            JsonNode invitation = enter(alice, suite, "Alice", "null");
            String roomId = invitation.path("roomId").asText();
            if (!place(suite, roomId).at("/node/nodeId").asText().equals(relay)) {
                alice.evaluate("call.leave()");
                continue;
            }
            enter(bob, suite, "Bob", invitation.toString());
            for (Person person : List.of(alice, bob)) person.await("call.frames().then((n) => n > 20)", LIMIT);
            return roomId;
        }
        throw new AssertionError("no room was placed on " + relay);
    }

    private static JsonNode place(Suite suite, String roomId) throws Exception {
        return suite.get("master", "/v1/rooms/" + roomId + "/placement", suite.serviceToken());
    }

    private static JsonNode enter(Person person, Suite suite, String name, String invitation) throws Exception {
        if (!person.page.url().startsWith(suite.web())) person.page.navigate(suite.web() + "v1/info");
        return person.evaluate(String.format(ENTER, name, invitation));
    }
}
