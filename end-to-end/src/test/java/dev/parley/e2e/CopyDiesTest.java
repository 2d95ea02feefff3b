package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class CopyDiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Joins by the SDK, publishes the camera, and notes what happens. */
    private static final String ENTER = """
            (async () => {
              const session = %1$s;
              const made = %2$s ?? await session.createRoom({});
              const room = await session.join(made);
              const notes = { session, room, texts: [], left: [], acknowledged: [], refused: [] };
              room.on('text', (text) => notes.texts.push(text.text));
              room.on('participantLeft', (who) => notes.left.push(who));
              await room.publish(await navigator.mediaDevices.getUserMedia({ audio: true, video: true }), { source: 'camera' });
              globalThis.notes = notes;
              return { roomId: room.roomId, rtoken: room.rtoken };
            })()
            """;

    @Test
    @Tag("MRTC-FEA-07")
    @Tag("MRTC-FEA-54")
    @Tag("MRTC-ARC-02")
    void killingASignalingCopyLosesNoParticipantAndNoAcknowledgedMessage(Suite suite) throws Exception {
        int base = URI.create(suite.url("signaling")).getPort();
        try (SecondCopy second = SecondCopy.of(suite, "signaling", base + 6);
                Person alice = new Person(null, 800, 600, "en-US");
                Person bob = new Person(null, 800, 600, "en-US");
                Person carol = new Person(null, 800, 600, "en-US")) {
            String first = suite.url("signaling");
            // Alice and Bob are on the copy that dies; Carol watches from the other one.
            String roomOfAlice = enter(alice, suite, "Alice", List.of(second.url(), first), "null");
            enter(bob, suite, "Bob", List.of(second.url(), first), roomOfAlice);
            enter(carol, suite, "Carol", List.of(first), roomOfAlice);
            carol.await("notes.room.participants.length === 3", LIMIT);
            talk(alice);
            bob.await("notes.texts.length >= 10", LIMIT);
            second.kill();
            alice.await("notes.session.state === 'reconnecting'", LIMIT);
            alice.await("notes.session.state === 'open' && notes.acknowledged.length >= 60", LIMIT);
            alice.evaluate("clearInterval(notes.talking)");
            alice.await("notes.acknowledged.length + notes.refused.length === notes.said", LIMIT);
            JsonNode acknowledged = alice.evaluate("notes.acknowledged");
            for (Person listener : List.of(bob, carol)) {
                // Texts without an answer may have come through as well, so counting would not do.
                listener.await(acknowledged + ".every(text => notes.texts.includes(text))", LIMIT);
                List<String> heard = new ArrayList<>();
                listener.evaluate("notes.texts").forEach(text -> heard.add(text.asText()));
                List<String> said = new ArrayList<>();
                acknowledged.forEach(text -> said.add(text.asText()));
                assertEquals(
                        said,
                        heard.stream().filter(said::contains).toList(),
                        "every acknowledged message once and in order");
                assertEquals(
                        3, listener.evaluate("notes.room.participants.length").asInt());
                assertEquals("[]", listener.evaluate("notes.left").toString(), "nobody was seen to leave");
            }
            for (Person person : List.of(alice, bob, carol)) {
                long before = frames(person);
                person.await(
                        "notes.room.stats().then(s => s.received.reduce((n, f) => n + f.video.framesDecoded, 0) > "
                                + (before + 20) + ")",
                        LIMIT);
                assertTrue(frames(person) > before, "media flows on");
            }
        }
    }

    private static String enter(Person person, Suite suite, String name, List<String> urls, String room)
            throws Exception {
        person.page.navigate(suite.web() + "v1/info");
        return person.evaluate(
                        String.format(ENTER, GuestScript.session(name, Suite.JSON.writeValueAsString(urls)), room))
                .toString();
    }

    private static void talk(Person person) {
        person.evaluate("""
                (() => {
                  notes.said = 0;
                  notes.talking = setInterval(() => {
                    const text = 'message ' + notes.said++;
                    notes.room.sendText(text).then(() => notes.acknowledged.push(text), () => notes.refused.push(text));
                  }, 50);
                })()
                """);
    }

    private static long frames(Person person) {
        return person.evaluate(
                        "notes.room.stats().then(s => s.received.reduce((n, f) => n + f.video.framesDecoded, 0))")
                .asLong();
    }
}
