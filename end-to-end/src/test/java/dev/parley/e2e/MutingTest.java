package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Muting in a call of two: what the other hears and sees, what comes over the network, and what is pushed. */
@ExtendWith(RunningSuite.class)
@Isolated("listens for gaps")
class MutingTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final FarSide.Sender ALICES = new FarSide.Sender("red", 440);
    private static final FarSide.Sender BOBS = new FarSide.Sender("blue", 880);

    /** From now on: {@code call.pushes}, the types of what signaling pushes; {@code call.sinceMs}, for how long no packet of a kind came. */
    private static final String WATCH = """
        (() => {
          const take = call.room.onPush.bind(call.room);
          call.pushes = [];
          call.room.onPush = (push) => {
            call.pushes.push(push.type);
            take(push);
          };
          const last = { audio: { packets: -1, at: 0 }, video: { packets: -1, at: 0 } };
          call.sinceMs = async (kind) => {
            const packets = (await call.room.stats()).received.reduce((n, feed) => n + feed[kind].packets, 0);
            if (packets !== last[kind].packets) last[kind] = { packets, at: performance.now() };
            return performance.now() - last[kind].at;
          };
        })()
        """;

    @Test
    @Tag("MRTC-AND-21")
    void mutingStopsAndRestoresOnesOwnAndAnothersMediaAndPublishesNothingAnew(Suite suite) {
        try (Person alice = new Person(null, 640, 480, "en-US", true);
                Person bob = new Person(null, 640, 480, "en-US", true)) {
            FarSide.send(suite, alice, ALICES);
            FarSide.send(suite, bob, BOBS);
            RelayCall.meet(suite, alice, bob, LIMIT);
            FarSide.receive(alice);
            FarSide.await(alice, BOBS, LIMIT);
            for (Person person : new Person[] {alice, bob}) person.evaluate(WATCH);

            String own = "call.room.media.published[0].mute(%s)";
            String bobsFeed =
                    bob.evaluate("call.room.media.published[0].feedId").asText();
            String others = "call.room.mute('" + bobsFeed + "', %s)";
            stopsAndComesBack(alice, bob, own, "audio");
            stopsAndComesBack(alice, bob, own, "video");
            stopsAndComesBack(alice, alice, others, "audio");
            stopsAndComesBack(alice, alice, others, "video");

            for (Person person : new Person[] {alice, bob}) {
                person.await("call.pushes.filter((type) => type === 'feedUpdated').length === 8", LIMIT);
                assertEquals(
                        "[]",
                        person.evaluate("call.pushes.filter((type) => /publish|subscribe/i.test(type))")
                                .toString());
            }
            for (Person person : new Person[] {alice, bob}) person.evaluate("call.leave()");
        }
    }

    /** @param mute of Bob's feed, as {@code by} asks for it; to be given what is muted */
    private static void stopsAndComesBack(Person alice, Person by, String mute, String kind) {
        by.evaluate(String.format(mute, "{ " + kind + ": true }"));
        alice.await("call.sinceMs('" + kind + "').then((ms) => ms > 1500)", LIMIT);
        if (kind.equals("audio")) alice.await("call.heard().then((h) => h.quietMs > 1000)", LIMIT);
        alice.evaluate("call.heard('reset')");
        by.evaluate(String.format(mute, "{ " + kind + ": false }"));
        alice.await("call.sinceMs('" + kind + "').then((ms) => ms < 500)", LIMIT);
        if (kind.equals("audio")) alice.await("call.heard().then((h) => h.loud > 100)", LIMIT);
        int frames = alice.evaluate("call.frames()").asInt();
        alice.await("call.frames().then((n) => n > " + (frames + 10) + ")", LIMIT);
        FarSide.await(alice, BOBS, LIMIT);
    }
}
