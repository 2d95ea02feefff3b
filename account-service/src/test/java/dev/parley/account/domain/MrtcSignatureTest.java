package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.account.domain.MrtcSignature.Reason;
import dev.parley.account.domain.MrtcSignature.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MrtcSignatureTest {
    private static final long NOW_MS = 1_760_000_000_000L;
    private static final long IN_5_MINUTES = NOW_MS + 5 * 60 * 1000;
    private static final byte[] SUBJECT = MrtcSignature.subject("demo", "default", "default", "test1234");
    private static final String SUBJECT_TEXT = "demodefaultdefaulttest1234";

    private static KeyPair pair;
    private static RSAPublicKey key;

    @BeforeAll
    static void makeKey() throws Exception {
        pair = newPair(2048);
        key = (RSAPublicKey) pair.getPublic();
    }

    /** The manual's sample: loads the Base64 PKCS#8 key and "encrypts" with it. */
    static String manualSign(String privateKeyBase64, String text) throws Exception {
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKeyBase64));
        var privateKey = KeyFactory.getInstance("RSA").generatePrivate(spec);
        Cipher cipher = Cipher.getInstance("RSA");
        cipher.init(Cipher.ENCRYPT_MODE, privateKey);
        return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Tag("MRTC-SIG-01")
    @Tag("MRTC-SIG-02")
    @Tag("MRTC-SIG-03")
    void acceptsWhatTheManualsSampleSignsAndReadsTheExpiryOutOfIt() throws Exception {
        assertEquals(new Verdict.Good(IN_5_MINUTES), check(sign(SUBJECT_TEXT + IN_5_MINUTES)));
    }

    @Test
    @Tag("MRTC-SIG-01")
    void refusesTheSamePartsInAnyOtherOrder() throws Exception {
        assertBad(Reason.OTHER_TEXT, sign("defaultdemodefaulttest1234" + IN_5_MINUTES));
        assertBad(Reason.OTHER_TEXT, sign("test1234demodefaultdefault" + IN_5_MINUTES));
        assertBad(Reason.OTHER_TEXT, sign(IN_5_MINUTES + SUBJECT_TEXT));
    }

    @Test
    @Tag("MRTC-SIG-02")
    void refusesAnExpiryInSeconds() throws Exception {
        assertBad(Reason.OTHER_TEXT, sign(SUBJECT_TEXT + IN_5_MINUTES / 1000));
    }

    @Test
    @Tag("MRTC-SIG-04")
    void theManualsCipherIsByteForByteABlockOfType1UnderThePrivateExponent() throws Exception {
        String text = SUBJECT_TEXT + IN_5_MINUTES;
        byte[] block = block((byte) 1, (byte) 0xFF, text.getBytes(StandardCharsets.UTF_8));
        assertEquals(rawSign(block), sign(text));
        assertEquals(344, sign(text).length(), "one line of Base64 with padding");
    }

    @Test
    @Tag("MRTC-SIG-04")
    void acceptsASignatureMadeByOpenssl() throws Exception {
        // openssl pkeyutl -sign -pkeyopt rsa_padding_mode:pkcs1 over the manual's example text, no digest
        var opensslKey = (RSAPublicKey)
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new X509EncodedKeySpec(
                                        Base64.getDecoder()
                                                .decode(
                                                        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr2kEf6w8ulIOpT4qvwfEg549je1YeuZw8DqQnXoiZ9wFfPKw4Z4EjI40ZncqGUmpcO0WWDvAqURCVT/FCrcl0f+USDrJaQJoPWDTbvIRF1iPVM4GiEgsGQvLfByrFj/ZhWmcytQVc3sBkMWK6SMs6WkzX9NiSMBpH0CQLb0fs+alcE3BD9uOkWcWo49ukWV9gPpkcLTDtr3MqCrhGCzXcWuBATnesHQwdnYwihcdQ1DQfvWh51ndV4TzsxnFkuOopyZF6K34eqE5Ks7zeKcOQe2+/F0yVGWOFGnZjp+TKto5mIBL7zRGe4qEa/opqku6a1+uMvVUynkO+/wOUx66bwIDAQAB")));
        String signature =
                "P9lgo8u1U80kIwRbYV+tZW7o5PbTYMqvmlBj0HX3saTSRs/gqHekMKgT7Mr7vAMSfQWjX/8MUUs3AV1836JupCwj9a9uXJ1oUtypk/+5ng4OuOpqhg0oXm1TaaRT4UxkHMSfQwPZbjER0hKY1n/wk7PF9SXma0kR1ClGI39QMetRhhTGeI+PGELR4s4gr2WidMsBs80iLabCeKyIaEUZobFZOtzgOhxGOlCIKgPV17WPKiOXI1tLUQFeKZQnEcveFO64G6HMRRZgA8AHLk/DefasFkrNKkZ4bR2U/As3p+Rj+1ahfHA2/Y5mdwekr6JArP7ydKrcCZxW9CRtYyVV8A==";
        assertEquals(
                new Verdict.Good(1_561_014_940_059L),
                MrtcSignature.check(opensslKey, SUBJECT, signature, 1_561_014_940_059L - 1));
    }

    @Test
    @Tag("MRTC-SIG-06")
    void refusesFromTheInstantOfExpiryOn() throws Exception {
        String signature = sign(SUBJECT_TEXT + IN_5_MINUTES);
        assertInstanceOf(Verdict.Good.class, MrtcSignature.check(key, SUBJECT, signature, IN_5_MINUTES - 1));
        assertEquals(new Verdict.Bad(Reason.EXPIRED), MrtcSignature.check(key, SUBJECT, signature, IN_5_MINUTES));
        assertEquals(
                new Verdict.Bad(Reason.EXPIRED), MrtcSignature.check(key, SUBJECT, signature, IN_5_MINUTES + 1000));
    }

    @Test
    void refusesAnExpiryBeyondTheLongestThatTheConsoleOffers() throws Exception {
        long longest = NOW_MS + MrtcSignature.LIFE_MAX_MS + MrtcSignature.SLACK_MS;
        assertEquals(new Verdict.Good(longest), check(sign(SUBJECT_TEXT + longest)));
        assertBad(Reason.TOO_FAR_AHEAD, sign(SUBJECT_TEXT + (longest + 1)));
    }

    @Test
    @Tag("MRTC-SIG-07")
    void refusesASignatureForAnotherUidBizNameAppIdOrWorkspaceId() throws Exception {
        String signature = sign(SUBJECT_TEXT + IN_5_MINUTES);
        for (byte[] other : List.of(
                MrtcSignature.subject("demo", "default", "default", "test9999"),
                MrtcSignature.subject("dome", "default", "default", "test1234"),
                MrtcSignature.subject("demo", "another", "default", "test1234"),
                MrtcSignature.subject("demo", "default", "another", "test1234"))) {
            assertEquals(new Verdict.Bad(Reason.OTHER_TEXT), MrtcSignature.check(key, other, signature, NOW_MS));
        }
    }

    @Test
    @Tag("MRTC-SIG-07")
    void refusesDigitsShiftedBetweenUidAndTime() throws Exception {
        String signature = sign(SUBJECT_TEXT + IN_5_MINUTES);
        for (String uid : List.of("test", "test1", "test123", "test12341", "test12341760000")) {
            byte[] shifted = MrtcSignature.subject("demo", "default", "default", uid);
            assertEquals(new Verdict.Bad(Reason.OTHER_TEXT), MrtcSignature.check(key, shifted, signature, NOW_MS), uid);
        }
    }

    @Test
    @Tag("MRTC-SIG-07")
    void refusesATailThatIsNotAllDigits() throws Exception {
        assertBad(Reason.NO_EXPIRY, sign(SUBJECT_TEXT + "+760000300000"));
        assertBad(Reason.NO_EXPIRY, sign(SUBJECT_TEXT + "176000030000 "));
        assertBad(Reason.OTHER_TEXT, sign(SUBJECT_TEXT + "\u0661760000300000")); // an Arabic digit is two bytes
    }

    @Test
    @Tag("MRTC-SIG-07")
    void refusesASignatureByAnotherKey() throws Exception {
        String other =
                Base64.getEncoder().encodeToString(newPair(2048).getPrivate().getEncoded());
        assertInstanceOf(Verdict.Bad.class, check(manualSign(other, SUBJECT_TEXT + IN_5_MINUTES)));
    }

    @Test
    @Tag("MRTC-SIG-07")
    void refusesEverySingleFlippedBitAndEveryTruncation() throws Exception {
        byte[] raw = Base64.getDecoder().decode(sign(SUBJECT_TEXT + IN_5_MINUTES));
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] altered = raw.clone();
            altered[random.nextInt(raw.length)] ^= (byte) (1 << random.nextInt(8));
            assertInstanceOf(Verdict.Bad.class, check(Base64.getEncoder().encodeToString(altered)));
        }
        for (int length = 0; length < raw.length; length += 17) {
            String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(raw, length));
            assertEquals(new Verdict.Bad(Reason.WRONG_LENGTH), check(cut));
        }
        byte[] longer = Arrays.copyOf(raw, raw.length + 1);
        assertEquals(
                new Verdict.Bad(Reason.WRONG_LENGTH), check(Base64.getEncoder().encodeToString(longer)));
    }

    @Test
    void refusesBase64WithLineBreaksOrOfTheUrlAlphabet() throws Exception {
        String signature = sign(SUBJECT_TEXT + IN_5_MINUTES);
        assertBad(Reason.NOT_BASE64, signature.substring(0, 76) + "\n" + signature.substring(76));
        assertBad(Reason.NOT_BASE64, "-" + signature.substring(1));
        assertBad(Reason.NOT_BASE64, "%%%");
    }

    @Test
    void refusesPaddingThatIsNotStrictlyBlockType1() throws Exception {
        byte[] text = (SUBJECT_TEXT + IN_5_MINUTES).getBytes(StandardCharsets.UTF_8);
        byte[] type1 = block((byte) 1, (byte) 0xFF, text);
        assertInstanceOf(Verdict.Good.class, check(rawSign(type1)));
        assertBad(Reason.BAD_PADDING, rawSign(block((byte) 2, (byte) 0xFF, text)));
        assertBad(Reason.BAD_PADDING, rawSign(block((byte) 0, (byte) 0, text)));
        assertBad(Reason.BAD_PADDING, rawSign(block((byte) 1, (byte) 0xFE, text)));

        byte[] shortFill = new byte
                [256]; // 00 01 FF x 7 00 and the text in front of filler: the classic forgery against lax parsers
        shortFill[1] = 1;
        Arrays.fill(shortFill, 2, 9, (byte) 0xFF);
        System.arraycopy(text, 0, shortFill, 10, text.length);
        assertBad(Reason.BAD_PADDING, rawSign(shortFill));

        byte[] noEnd = new byte[256];
        Arrays.fill(noEnd, (byte) 0xFF);
        noEnd[0] = 0;
        noEnd[1] = 1;
        assertBad(Reason.BAD_PADDING, rawSign(noEnd));

        byte[] trailing = Arrays.copyOf(Arrays.copyOfRange(type1, 20, 256), 256); // text, then 20 zero bytes
        System.arraycopy(type1, 0, trailing, 0, 20);
        assertInstanceOf(Verdict.Bad.class, check(rawSign(trailing)));
    }

    @Test
    void refusesANumberThatIsNotBelowTheModulus() {
        byte[] all = new byte[256];
        Arrays.fill(all, (byte) 0xFF);
        assertBad(Reason.NOT_BELOW_MODULUS, Base64.getEncoder().encodeToString(all));
        byte[] modulus = key.getModulus().toByteArray();
        assertBad(
                Reason.NOT_BELOW_MODULUS,
                Base64.getEncoder().encodeToString(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length)));
    }

    @Test
    void tellsWhichTextsFitInABlock() throws Exception {
        var key1024 = (RSAPublicKey) newPair(1024).getPublic();
        assertTrue(MrtcSignature.fits(key1024, new byte[117 - 13]));
        assertFalse(MrtcSignature.fits(key1024, new byte[117 - 12]));
        assertTrue(MrtcSignature.fits(key, new byte[245 - 13]));
        assertFalse(MrtcSignature.fits(key, new byte[245 - 12]));
    }

    @Test
    void readsAUidInAnyScript() throws Exception {
        byte[] subject = MrtcSignature.subject("demo", "default", "default", "坐席-1");
        var verdict = MrtcSignature.check(key, subject, sign("demodefaultdefault坐席-1" + IN_5_MINUTES), NOW_MS);
        assertEquals(new Verdict.Good(IN_5_MINUTES), verdict);
    }

    private static String sign(String text) throws Exception {
        return manualSign(Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()), text);
    }

    private static Verdict check(String signature) {
        return MrtcSignature.check(key, SUBJECT, signature, NOW_MS);
    }

    private static void assertBad(Reason reason, String signature) {
        assertEquals(new Verdict.Bad(reason), check(signature));
    }

    private static byte[] block(byte type, byte fill, byte[] text) {
        byte[] block = new byte[256];
        Arrays.fill(block, 2, 256, fill);
        block[1] = type;
        block[255 - text.length] = 0;
        System.arraycopy(text, 0, block, 256 - text.length, text.length);
        return block;
    }

    private static String rawSign(byte[] block) {
        var privateKey = (RSAPrivateKey) pair.getPrivate();
        byte[] number = new BigInteger(1, block)
                .modPow(privateKey.getPrivateExponent(), privateKey.getModulus())
                .toByteArray();
        byte[] raw = new byte[256];
        int copied = Math.min(256, number.length);
        System.arraycopy(number, number.length - copied, raw, 256 - copied, copied);
        return Base64.getEncoder().encodeToString(raw);
    }

    private static KeyPair newPair(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
