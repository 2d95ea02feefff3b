package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.root;
import static dev.parley.account.api.AccountClient.service;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class ApplicationKeysTest {
    private String bizName;
    private String keys;
    private String firstPrivateKey;

    @BeforeEach
    void anApplication() {
        var made = root().body(Map.of("name", "Keys " + UUID.randomUUID()))
                .post("/v1/applications")
                .then()
                .statusCode(201)
                .extract();
        bizName = made.path("application.bizName");
        firstPrivateKey = made.path("privateKey");
        keys = "/v1/applications/" + bizName + "/keys";
    }

    @Test
    void anOldKeyGoesOnUntilItsTimeAfterARotation() throws Exception {
        String old = signed(firstPrivateKey, "u1", inMinutes(20));
        String second = root().body(Map.of("othersExpireInS", 600))
                .post(keys)
                .then()
                .statusCode(201)
                .extract()
                .path("privateKey");
        String fresh = signed(second, "u1", inMinutes(20));
        check("u1", old).statusCode(200);
        check("u1", fresh).statusCode(200);
        FixedTime.at(inMinutes(11));
        check("u1", old).statusCode(401).body("error", equalTo("SIGNATURE_INVALID"));
        check("u1", fresh).statusCode(200);
    }

    @Test
    void aRevokedKeysSignaturesAreRefusedAtOnce() throws Exception {
        String id = root().get(keys).then().body("$", hasSize(1)).extract().path("[0].id");
        String signature = signed(firstPrivateKey, "u1", inMinutes(5));
        check("u1", signature).statusCode(200);
        root().delete(keys + "/" + id).then().statusCode(204);
        check("u1", signature).statusCode(401);
        root().delete(keys + "/" + id).then().statusCode(404).body("error", equalTo("KEY_NOT_FOUND"));
        make("u1", "24h").statusCode(400).body("error", equalTo("KEY_UNUSABLE"));
    }

    @ParameterizedTest
    @CsvSource({"3072, 512", "4096, 684"})
    void keysOfEverySizeAreMadeAndSignAsTheManualsSampleDoes(int bits, int base64Chars) throws Exception {
        var made = root().body(Map.of("bits", bits))
                .post(keys)
                .then()
                .statusCode(201)
                .body("bits", equalTo(bits))
                .extract();
        String signature = signed(made.path("privateKey"), "u1", inMinutes(5));
        assertEquals(base64Chars, signature.length());
        check("u1", signature).statusCode(200);
        assertFalse(root().get(keys).asString().contains(made.<String>path("privateKey")), "shown once");
    }

    @Test
    void aTemporarySignatureIsByteForByteTheManualsAndGoodForExactlyAsLongAsItSays() throws Exception {
        for (var life : Map.of("24h", 24, "3d", 72, "7d", 168).entrySet()) {
            long before = System.currentTimeMillis();
            var made = make("test1234", life.getKey()).statusCode(200).extract();
            long expiresAtMs = made.jsonPath().getLong("expiresAtMs");
            long wanted = before + Duration.ofHours(life.getValue()).toMillis();
            assertTrue(expiresAtMs >= wanted && expiresAtMs < wanted + 60_000, made.asString());
            String signature = made.path("signature");
            assertEquals(signed(firstPrivateKey, "test1234", expiresAtMs), signature);
            check("test1234", signature).statusCode(200).body("expiresAtMs", equalTo(expiresAtMs));
            FixedTime.at(expiresAtMs - 1);
            check("test1234", signature).statusCode(200);
            FixedTime.at(expiresAtMs);
            check("test1234", signature).statusCode(401);
            QuarkusMock.installMockForType(new Time(), Time.class);
        }
        make("test1234", "8d").statusCode(400).body("message", containsString("life"));
        make("坐".repeat(128), "24h").statusCode(400).body("message", containsString("uid"));
    }

    @Test
    void theCheckerSaysValidAndWhatIsWrongWhenAnyInputIsAnother() throws Exception {
        long expiresAtMs = inMinutes(5);
        String signature = signed(firstPrivateKey, "test1234", expiresAtMs);
        assertEquals(true, verify("test1234", expiresAtMs, signature).path("valid"));
        assertEquals(true, verify("test1234", null, signature).path("valid"));
        assertEquals("OTHER_TEXT", verify("test9999", expiresAtMs, signature).path("reason"));
        assertEquals(
                "OTHER_TIME_STAMP",
                verify("test1234", expiresAtMs + 1, signature).path("reason"));
        assertEquals(
                false,
                verify("test1234", expiresAtMs, "A" + signature.substring(1)).path("valid"));
        assertEquals(
                "WRONG_LENGTH",
                verify("test1234", expiresAtMs, signature.substring(4)).path("reason"));
        assertEquals(
                "NOT_BASE64",
                verify("test1234", expiresAtMs, signature.substring(1)).path("reason"));
        String own = bizName;
        anApplication();
        assertFalse(own.equals(bizName));
        assertEquals(false, verify("test1234", expiresAtMs, signature).path("valid"), "another application");
    }

    @Test
    void anSm2KeySignsAndIsCheckedAndNeitherKindPassesForTheOther() throws Exception {
        var made = root().body(Map.of("algorithm", "SM2"))
                .post(keys)
                .then()
                .statusCode(201)
                .body("bits", equalTo(256))
                .extract();
        long expiresAtMs = inMinutes(5);
        String text = bizName + "defaultdefaultu1" + expiresAtMs;
        String signature = "SM2." + expiresAtMs + "." + sm2(made.path("privateKey"), text);
        check("u1", signature).statusCode(200).body("expiresAtMs", equalTo(expiresAtMs));
        check("u2", signature).statusCode(401);
        check("u1", signature.replace("SM2." + expiresAtMs, "SM2." + (expiresAtMs + 1)))
                .statusCode(401);
        check(
                        "u1",
                        "SM2." + expiresAtMs + "."
                                + signed(firstPrivateKey, "u1", expiresAtMs).substring(0, 96))
                .statusCode(401);
        check("u1", signature.substring(18)).statusCode(401);
        String temporary = make("u1", "24h").statusCode(200).extract().path("signature");
        assertTrue(temporary.startsWith("SM2."), "the newest key signs: " + temporary);
        check("u1", temporary).statusCode(200);
        String past = "SM2." + (System.currentTimeMillis() - 1000);
        check("u1", past + "." + sm2(made.path("privateKey"), bizName + "defaultdefaultu1" + past.substring(4)))
                .statusCode(401);
    }

    @Test
    void aKeyThatTheBusinessMadeItselfIsTakenWithOrWithoutPemLines() throws Exception {
        KeyPair pair = rsa(2048);
        String base64 = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        String pem =
                "-----BEGIN PUBLIC KEY-----\n" + base64.replaceAll("(.{64})", "$1\n") + "\n-----END PUBLIC KEY-----\n";
        root().body(Map.of("publicKey", pem))
                .post(keys)
                .then()
                .statusCode(201)
                .body("bits", equalTo(2048))
                .body("canMakeSignatures", equalTo(false))
                .body("privateKey", equalTo(""));
        String privateKey = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        check("u1", signed(privateKey, "u1", inMinutes(5))).statusCode(200);
    }

    @Test
    void aKeyThatIsTooSmallOrOfAnotherKindIsRefused() throws Exception {
        var small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        var three = KeyPairGenerator.getInstance("RSA");
        three.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
        var p256 = KeyPairGenerator.getInstance("EC");
        p256.initialize(new ECGenParameterSpec("secp256r1"));
        for (var pair : new KeyPair[] {small.generateKeyPair(), three.generateKeyPair(), p256.generateKeyPair()}) {
            brought(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        }
        brought("AAAA");
        brought("not base64!");
        brought(firstPrivateKey);
        root().body(Map.of("bits", 1024)).post(keys).then().statusCode(400).body("message", containsString("bits"));
        root().body(Map.of("algorithm", "DSA"))
                .post(keys)
                .then()
                .statusCode(400)
                .body("message", containsString("algorithm"));
        root().body(Map.of("expiresAtMs", 1))
                .post(keys)
                .then()
                .statusCode(400)
                .body("message", containsString("expiresAtMs"));
    }

    @Test
    void anApplicationHasAtMostEightKeys() {
        for (int i = 0; i < 7; i++)
            root().body(Map.of("algorithm", "SM2")).post(keys).then().statusCode(201);
        root().body(Map.of("algorithm", "SM2"))
                .post(keys)
                .then()
                .statusCode(409)
                .body("error", equalTo("ACCOUNT_LIMIT"));
    }

    @Test
    void aSignatureMayNotLiveLongerThanTheApplicationSays() throws Exception {
        root().body(Map.of("signatureLifeMaxS", 3600))
                .patch("/v1/applications/" + bizName)
                .then()
                .statusCode(200);
        check("u1", signed(firstPrivateKey, "u1", inMinutes(59))).statusCode(200);
        check("u1", signed(firstPrivateKey, "u1", inMinutes(70))).statusCode(401);
        make("u1", "24h").statusCode(400).body("message", containsString("life"));
        root().body(Map.of("signatureLifeMaxS", 604_801))
                .patch("/v1/applications/" + bizName)
                .then()
                .statusCode(400);
    }

    @Test
    void aSignatureThatComesAgainAndAgainIsHeldUp() throws Exception {
        String signature = signed(firstPrivateKey, "u1", inMinutes(5));
        String token = AccountClient.serviceToken();
        int refused = 0;
        FixedTime.now();
        for (int i = 0; i < 140; i++) {
            if (AccountClient.with(token)
                            .body(body("u1", signature))
                            .post("/v1/signatures:check")
                            .statusCode()
                    == 429) refused++;
        }
        assertEquals(20, refused, "120 a minute");
        check("u1", signed(firstPrivateKey, "u1", inMinutes(6))).statusCode(200);
    }

    private void brought(String publicKey) {
        root().body(Map.of("publicKey", publicKey))
                .post(keys)
                .then()
                .statusCode(400)
                .body("error", equalTo("KEY_UNUSABLE"));
    }

    private ValidatableResponse make(String uid, String life) {
        return root().body(Map.of("uid", uid, "life", life))
                .post("/v1/applications/" + bizName + "/signatures")
                .then();
    }

    private io.restassured.response.ExtractableResponse<io.restassured.response.Response> verify(
            String uid, Long timeStamp, String signature) {
        var body = new HashMap<String, Object>(Map.of("uid", uid, "signature", signature));
        body.put("timeStamp", timeStamp);
        return root().body(body)
                .post("/v1/applications/" + bizName + "/signatures:verify")
                .then()
                .statusCode(200)
                .extract();
    }

    private ValidatableResponse check(String uid, String signature) {
        return service().body(body(uid, signature)).post("/v1/signatures:check").then();
    }

    private Map<String, Object> body(String uid, String signature) {
        return Map.of("bizName", bizName, "appId", "", "workspaceId", "", "uid", uid, "signature", signature);
    }

    /** The manual's sample. */
    private String signed(String privateKeyBase64, String uid, long expiresAtMs) throws Exception {
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKeyBase64));
        Cipher cipher = Cipher.getInstance("RSA");
        cipher.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePrivate(spec));
        byte[] text = (bizName + "defaultdefault" + uid + expiresAtMs).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(cipher.doFinal(text));
    }

    private static String sm2(String privateKeyBase64, String text) throws Exception {
        var provider = new BouncyCastleProvider();
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKeyBase64));
        var signer = Signature.getInstance("SM3withSM2", provider);
        signer.initSign(KeyFactory.getInstance("EC", provider).generatePrivate(spec));
        signer.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signer.sign());
    }

    private static KeyPair rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static long inMinutes(int minutes) {
        return System.currentTimeMillis() + minutes * 60_000L;
    }
}
