package dev.parley.account.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.account.domain.ApplicationKey.Algorithm;
import dev.parley.account.domain.DynamicKey;
import dev.parley.account.domain.MrtcSignature.Verdict;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What strangers send to the parsers of keys, SM2 signatures and signed calls: altered good inputs and noise. Failures tell the seed. */
class HostileInputTest {
    private static final long NOW_MS = 1_760_000_000_000L;
    private static final long SEED = 20261121;

    @Test
    void anAlteredSm2SignatureIsABadVerdictAndNeverAFault() {
        KeyPair pair = ApplicationKeys.make(Algorithm.SM2, 0);
        byte[] subject = "demodefaultdefaultu1".getBytes(StandardCharsets.UTF_8);
        long expiresAtMs = NOW_MS + 60_000;
        String good = ApplicationKeys.sign(
                Algorithm.SM2, pair.getPrivate().getEncoded(), "demodefaultdefaultu1" + expiresAtMs, expiresAtMs);
        assertEquals(new Verdict.Good(expiresAtMs), Sm2.check(pair.getPublic(), subject, good, NOW_MS, 600_000));
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String bad = altered(good, random);
            // Other Base64 of the same bytes is the same signature.
            if (sameBytes(good, bad)) continue;
            var verdict = Sm2.check(pair.getPublic(), subject, bad, NOW_MS, 600_000);
            assertInstanceOf(Verdict.Bad.class, verdict, "seed " + SEED + ", turn " + i + ": " + bad);
        }
    }

    @Test
    void aPublicKeyIsReadOrRefusedAndNothingElse() {
        String good = Base64.getEncoder()
                .encodeToString(
                        ApplicationKeys.make(Algorithm.SM2, 0).getPublic().getEncoded());
        assertEquals(Algorithm.SM2, ApplicationKeys.read(good).algorithm());
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String bad = altered(good, random);
            try {
                ApplicationKeys.read(bad);
            } catch (RefusedException e) {
                assertEquals(ErrorCode.KEY_UNUSABLE, e.code, "seed " + SEED + ", turn " + i + ": " + bad);
            }
        }
        for (String none : new String[] {"", "=", "AAAA", "MAA=", "-----BEGIN PUBLIC KEY-----"}) {
            assertThrows(RefusedException.class, () -> ApplicationKeys.read(none), none);
        }
    }

    @Test
    void noNoiseIsAWellFormedCall() {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            var call = new DynamicKey.Call(
                    noise(random),
                    noise(random),
                    noise(random),
                    noise(random),
                    noise(random),
                    noise(random),
                    noise(random));
            assertFalse(DynamicKey.wellFormed(call, NOW_MS), "seed " + SEED + ", turn " + i + ": " + call);
        }
    }

    private static String altered(String good, Random random) {
        var text = new StringBuilder(good);
        for (int change = 0; change <= random.nextInt(3); change++) {
            int at = random.nextInt(Math.max(1, text.length()));
            if (text.isEmpty()) text.append('x');
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, (char) random.nextInt(0x3000));
                default -> text.setLength(Math.max(1, at));
            }
        }
        return text.toString();
    }

    private static boolean sameBytes(String one, String other) {
        try {
            return java.util.Arrays.equals(bytes(one), bytes(other));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(String signature) {
        String[] parts = signature.split("\\.", 3);
        if (parts.length < 3 || !signature.startsWith("SM2.")) throw new IllegalArgumentException(signature);
        byte[] raw = Base64.getDecoder().decode(parts[2]);
        return (parts[1] + Base64.getEncoder().encodeToString(raw)).getBytes(StandardCharsets.UTF_8);
    }

    private static String noise(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(70); i > 0; i--) text.append((char) random.nextInt(128));
        return text.toString();
    }
}
