package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.account.domain.KeyRing.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRingTest {
    private static final KeyRing.Policy POLICY = new KeyRing.Policy(30_000, 600, 7_000);
    private static final long STANDBY = SigningKey.STANDBY;

    @Test
    void anEmptyRingGetsAKeyThatSignsAtOnceAndAStandby() {
        assertEquals(List.of(new Action.Make(50), new Action.Make(STANDBY)), KeyRing.upkeep(List.of(), 50, POLICY));
    }

    @Test
    void aRingWithASignerAndAStandbyIsLeftAlone() {
        assertEquals(List.of(), KeyRing.upkeep(ring(), 1_000, POLICY));
    }

    @Test
    void aStandbyThatWasSeenByAllSignsAtOnce() {
        assertEquals(
                List.of(new Action.Appoint("b", 5_000), new Action.Make(STANDBY)),
                KeyRing.rotate(ring(), 5_000, POLICY));
    }

    @Test
    void aYoungStandbyIsAppointedForWhenItsLeadTimeIsOver() {
        assertEquals(
                List.of(new Action.Appoint("b", 600), new Action.Make(STANDBY)), KeyRing.rotate(ring(), 100, POLICY));
    }

    @Test
    void rotatingAgainDuringAHandOverChangesNothing() {
        var keys = List.of(new SigningKey("a", 0, 0), new SigningKey("b", 0, 600), new SigningKey("c", 100, STANDBY));
        assertEquals(List.of(), KeyRing.rotate(keys, 200, POLICY));
    }

    @Test
    void aKeyPastItsAgeIsReplaced() {
        assertEquals(
                List.of(new Action.Appoint("b", 30_000), new Action.Make(STANDBY)),
                KeyRing.upkeep(ring(), 30_000, POLICY));
    }

    @Test
    void anOldKeyIsShownUntilTheLastTokenUnderItIsOver() {
        var keys =
                List.of(new SigningKey("a", 0, 0), new SigningKey("b", 0, 5_000), new SigningKey("c", 5_000, STANDBY));
        assertEquals(List.of(), KeyRing.upkeep(keys, 12_000, POLICY));
        assertEquals(List.of(new Action.Delete("a")), KeyRing.upkeep(keys, 12_001, POLICY));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** A verifier that looks at the key set every 500 ms and a token that lives its longest: at no order of events does it meet an unknown key. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noVerifierEverMeetsAKeyThatItHasNotSeen(long seed) {
        var random = new SplittableRandom(seed);
        List<SigningKey> keys = new ArrayList<>();
        var lastSignedMs = new HashMap<String, Long>();
        var published = List.<String>of();
        long seenAtMs = Long.MIN_VALUE / 2;
        int made = 0;
        for (long nowMs = 0; nowMs < 100_000; nowMs += 1 + random.nextInt(400)) {
            var actions = new ArrayList<>(KeyRing.upkeep(keys, nowMs, POLICY));
            if (actions.isEmpty() && random.nextInt(20) == 0) actions.addAll(KeyRing.rotate(keys, nowMs, POLICY));
            for (var action : actions) made = apply(keys, action, nowMs, made);
            var signer = KeyRing.signer(keys, nowMs).orElseThrow();
            if (nowMs - seenAtMs >= 500 || seenAtMs < 0) {
                published = keys.stream().map(SigningKey::kid).toList();
                seenAtMs = nowMs;
            }
            assertTrue(
                    published.contains(signer.kid()), "unknown signer " + signer + " at " + nowMs + ", seed " + seed);
            lastSignedMs.put(signer.kid(), nowMs);
            for (var used : lastSignedMs.entrySet()) {
                boolean tokensLive = nowMs - used.getValue() <= POLICY.tokenMaxMs();
                boolean shown = keys.stream().anyMatch(k -> k.kid().equals(used.getKey()));
                assertTrue(shown || !tokensLive, used + " was deleted too early, at " + nowMs + ", seed " + seed);
            }
            assertTrue(keys.size() <= 2 + 7_000 / 600 + 2, "the ring grows: " + keys.size() + ", seed " + seed);
        }
    }

    private static int apply(List<SigningKey> keys, Action action, long nowMs, int made) {
        switch (action) {
            case Action.Make(long from) -> keys.add(new SigningKey("k" + made++, nowMs, from));
            case Action.Appoint(String kid, long from) ->
                keys.replaceAll(k -> k.kid().equals(kid) ? k.signingFrom(from) : k);
            case Action.Delete(String kid) -> keys.removeIf(k -> k.kid().equals(kid));
        }
        return made;
    }

    private static List<SigningKey> ring() {
        return List.of(new SigningKey("a", 0, 0), new SigningKey("b", 0, STANDBY));
    }
}
