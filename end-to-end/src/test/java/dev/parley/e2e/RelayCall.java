package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A relay beside the suite's own, and a call of two that lives on it. In each page {@code call} is the call, {@code camera} what it publishes. */
final class RelayCall {
    private static final String ENTER = """
        (async () => {
          const session = %1$s;
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

    private RelayCall() {}

    static SecondCopy relay(Suite suite, String id) throws Exception {
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

    /** A call of the two on this relay; another room is taken until one is there: a relay that has just started is busy with that, and gets none. */
    static String meetOn(Suite suite, Person alice, Person bob, String relay, Duration limit) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode invitation = enter(alice, suite, "Alice", "null");
            String roomId = invitation.path("roomId").asText();
            if (!place(suite, roomId).at("/node/nodeId").asText().equals(relay)) {
                alice.evaluate("call.leave()");
                continue;
            }
            follow(suite, alice, bob, invitation, limit);
            return roomId;
        }
        throw new AssertionError("no room was placed on " + relay);
    }

    /** A call of the two, Alice the host, on whichever relay. */
    static void meet(Suite suite, Person alice, Person bob, Duration limit) {
        follow(suite, alice, bob, enter(alice, suite, "Alice", "null"), limit);
    }

    private static void follow(Suite suite, Person alice, Person bob, JsonNode invitation, Duration limit) {
        enter(bob, suite, "Bob", invitation.toString());
        for (Person person : List.of(alice, bob)) person.await("call.frames().then((n) => n > 20)", limit);
    }

    static JsonNode place(Suite suite, String roomId) throws Exception {
        return suite.get("master", "/v1/rooms/" + roomId + "/placement", suite.serviceToken());
    }

    private static JsonNode enter(Person person, Suite suite, String name, String invitation) {
        if (!person.page.url().startsWith(suite.web())) person.page.navigate(suite.web() + "v1/info");
        return person.evaluate(String.format(ENTER, GuestScript.session(name, "[location.origin]"), invitation));
    }
}
