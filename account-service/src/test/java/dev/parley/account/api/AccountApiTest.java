package dev.parley.account.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.build.Jwt;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class AccountApiTest {
    @ConfigProperty(name = "PARLEY_ADMIN_PASSWORD")
    String adminPassword;

    @ConfigProperty(name = "PARLEY_SERVICE_SECRET")
    String serviceSecret;

    @TestHTTPResource("/")
    URI base;

    @Test
    void theFirstAdministratorSignsInAndTheTokenIsValidForAnyoneWithTheKeySet() throws Exception {
        var token = verified(adminToken());
        assertEquals("admin@operator", token.getName());
        assertEquals(Set.of("root"), token.getGroups());
        assertEquals("operator", token.getClaim("company"));
        assertEquals("host", token.getClaim("role"));
    }

    @Test
    void anUnknownAccountAndAWrongPasswordAnswerTheSame() {
        var wrong =
                signIn("operator", "admin", "wrong").statusCode(401).extract().asString();
        var unknown =
                signIn("operator", "nobody", "wrong").statusCode(401).extract().asString();
        var elsewhere = signIn("no such company", "admin", adminPassword)
                .statusCode(401)
                .extract()
                .asString();
        assertEquals(wrong, unknown);
        assertEquals(wrong, elsewhere);
        assertTrue(wrong.contains("SIGN_IN_FAILED"), wrong);
    }

    @Test
    void guessingOnePasswordAfterAnotherIsSlowedDown() {
        String name = "victim-" + UUID.randomUUID();
        FixedTime.now();
        for (int i = 0; i < 5; i++) signIn("operator", name, "guess").statusCode(401);
        signIn("operator", name, "guess").statusCode(429).body("error", equalTo("TOO_MANY"));
    }

    @Test
    void aServiceGetsATokenWithBasicAsWithAForm() throws Exception {
        for (var request : new RequestSpecification[] {
            given().auth().preemptive().basic("signaling", serviceSecret),
            given().auth().preemptive().basic("signaling", URLEncoder.encode(serviceSecret, StandardCharsets.UTF_8)),
            given().formParam("client_id", "signaling").formParam("client_secret", serviceSecret)
        }) {
            String token = request.formParam("grant_type", "client_credentials")
                    .post("/oauth2/token")
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("token_type", equalTo("Bearer"))
                    .body("expires_in", equalTo(600))
                    .extract()
                    .path("access_token");
            var verified = verified(token);
            assertEquals(Set.of("service"), verified.getGroups());
            assertEquals("signaling", verified.getSubject());
            assertEquals(600, verified.getExpirationTime() - verified.getIssuedAtTime());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client_credentials, signaling, wrong, 401, invalid_client",
        "client_credentials, 'Bad Id', right, 401, invalid_client",
        "client_credentials, '', right, 401, invalid_client",
        "password, signaling, right, 400, unsupported_grant_type"
    })
    void aServiceTokenIsRefusedAsOAuthSays(String grant, String id, String secret, int status, String error) {
        given().formParam("grant_type", grant)
                .formParam("client_id", id)
                .formParam("client_secret", secret.equals("right") ? serviceSecret : secret)
                .post("/oauth2/token")
                .then()
                .statusCode(status)
                .body("error", equalTo(error));
        given().header("Authorization", "Basic ???")
                .formParam("grant_type", "client_credentials")
                .post("/oauth2/token")
                .then()
                .statusCode(401);
    }

    @Test
    @Tag("MRTC-CON-01")
    @Tag("MRTC-CON-02")
    @Tag("MRTC-CON-04")
    @Tag("MRTC-CON-06")
    void anApplicationIsMadeFromANameAloneAndIsListed() {
        String name = "Branch " + UUID.randomUUID();
        var made = create(Map.of("name", name)).statusCode(201).extract();
        String bizName = made.path("application.bizName");
        assertTrue(bizName.matches("[a-z]{12}"), bizName);
        assertEquals(false, made.path("application.autoRecord"));
        assertEquals("default", made.path("application.appId"));
        assertEquals("default", made.path("application.workspaceId"));
        String one = admin().get("/v1/applications/" + bizName)
                .then()
                .statusCode(200)
                .body("name", equalTo(name))
                .extract()
                .asString();
        assertFalse(one.contains("rivateKey"), "the private key is shown once only: " + one);
        admin().get("/v1/applications").then().body("bizName", hasItem(bizName)).body("bizName", hasItem("demo"));
        service().get("/v1/applications/" + bizName).then().statusCode(200);
        create(Map.of("name", name)).statusCode(409).body("error", equalTo("NAME_TAKEN"));
    }

    @Test
    @Tag("MRTC-CON-05")
    @Tag("MRTC-CON-07")
    void anApplicationsSettingsChangeOneByOne() {
        String path = "/v1/applications/"
                + create(Map.of("name", "Settings " + UUID.randomUUID()))
                        .extract()
                        .path("application.bizName");
        admin().contentType(ContentType.JSON)
                .body("{\"autoRecord\":true}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("autoRecord", equalTo(true))
                .body("callbackUrl", equalTo(""));
        admin().contentType(ContentType.JSON)
                .body("{\"callbackUrl\":\"https://business.example/callback\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("autoRecord", equalTo(true))
                .body("callbackUrl", equalTo("https://business.example/callback"));
        admin().contentType(ContentType.JSON)
                .body("{\"callbackUrl\":\"ftp://business.example/\"}")
                .patch(path)
                .then()
                .statusCode(400)
                .body("message", containsString("callbackUrl"));
        admin().get(path).then().body("callbackUrl", equalTo("https://business.example/callback"));
        admin().contentType(ContentType.JSON)
                .body("{\"callbackUrl\":\"\",\"guestsAllowed\":true}")
                .patch(path)
                .then()
                .body("callbackUrl", equalTo(""))
                .body("guestsAllowed", equalTo(true));
    }

    @Test
    @Tag("MRTC-SIG-01")
    @Tag("MRTC-SIG-03")
    @Tag("MRTC-SIG-04")
    @Tag("MRTC-SIG-06")
    @Tag("MRTC-SIG-07")
    void aSignatureMadeWithTheKeyThatWasShownIsAcceptedForItsUidAndNoOther() throws Exception {
        var made = create(Map.of("name", "Signed " + UUID.randomUUID(), "appId", "app1", "workspaceId", "prod"))
                .extract();
        String bizName = made.path("application.bizName");
        String privateKey = made.path("privateKey");
        long expiresAtMs = System.currentTimeMillis() + 5 * 60 * 1000;
        String signature = manualSign(privateKey, bizName + "app1" + "prod" + "test1234" + expiresAtMs);

        check(bizName, "app1", "prod", "test1234", signature)
                .statusCode(200)
                .body("bizName", equalTo(bizName))
                .body("uid", equalTo("test1234"))
                .body("expiresAtMs", equalTo(expiresAtMs));
        check(bizName, "", "", "test1234", signature).statusCode(200);
        check(bizName, "app1", "prod", "test123", signature)
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));
        check(bizName, "app2", "prod", "test1234", signature)
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));
        check(bizName, "app1", "test", "test1234", signature)
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));
        check("demo", "app1", "prod", "test1234", signature)
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));
        check("nosuchbiz", "app1", "prod", "test1234", signature)
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));

        String past =
                manualSign(privateKey, bizName + "app1" + "prod" + "test1234" + (System.currentTimeMillis() - 1000));
        check(bizName, "app1", "prod", "test1234", past).statusCode(401).body("error", equalTo("SIGNATURE_INVALID"));
    }

    @Test
    @Tag("MRTC-SIG-09")
    void aRecordIdTakesTheUidsPlaceInTheSignatureOfARecordingQuery() throws Exception {
        var made = create(Map.of("name", "Records " + UUID.randomUUID())).extract();
        String bizName = made.path("application.bizName");
        String recordId = UUID.randomUUID().toString();
        String signature = manualSign(
                made.path("privateKey"), bizName + "defaultdefault" + recordId + (System.currentTimeMillis() + 60_000));
        check(bizName, "default", "default", recordId, signature).statusCode(200);
        check(bizName, "default", "default", "test1234", signature).statusCode(401);
    }

    @Test
    void aUidThatCannotBeSignedIsAParameterError() {
        check("demo", "", "", "坐".repeat(128), "AAAA").statusCode(400).body("message", containsString("uid"));
    }

    @Test
    void onlyServicesHaveSignaturesChecked() {
        String body = "{\"bizName\":\"demo\",\"uid\":\"u\",\"signature\":\"AAAA\"}";
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/signatures:check")
                .then()
                .statusCode(401)
                .body("error", equalTo("TOKEN_INVALID"))
                .body("code", equalTo(5001));
        admin().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/signatures:check")
                .then()
                .statusCode(403)
                .body("error", equalTo("NOT_ALLOWED"));
        service()
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/signatures%3Acheck")
                .then()
                .statusCode(401)
                .body("error", equalTo("SIGNATURE_INVALID"));
    }

    @Test
    void aGuestGetsATokenForTheDemoApplication() throws Exception {
        var answer = given().contentType(ContentType.JSON)
                .body("{\"bizName\":\"\",\"displayName\":\"Ann\",\"room\":\"123456789\"}")
                .post("/v1/guest-tokens")
                .then()
                .statusCode(200)
                .extract();
        var token = verified(answer.path("token"));
        assertEquals(answer.<String>path("uid"), token.getSubject());
        assertTrue(token.getSubject().matches("guest-[0-9a-f]{16}"), token.getSubject());
        assertEquals(Set.of("user"), token.getGroups());
        assertEquals("demo", token.getClaim("biz"));
        assertEquals("Ann", token.getClaim("name"));
        assertFalse(token.getClaimNames().contains("room"), "anybody may ask for this token; it must open no room");
        assertEquals("guest", token.getClaim("role"));
        assertEquals("publish subscribe record", token.getClaim("scope"));
        assertEquals(12 * 3600, token.getExpirationTime() - token.getIssuedAtTime());
    }

    @Test
    @Tag("MRTC-CON-03")
    void guestsComeInOnlyWhereTheyAreAllowed() {
        String bizName =
                create(Map.of("name", "Members " + UUID.randomUUID())).extract().path("application.bizName");
        given().contentType(ContentType.JSON)
                .body(Map.of("bizName", bizName, "displayName", "Ann", "room", ""))
                .post("/v1/guest-tokens")
                .then()
                .statusCode(403)
                .body("error", equalTo("GUESTS_NOT_ALLOWED"));
        given().contentType(ContentType.JSON)
                .body("{\"bizName\":\"nosuchbiz\",\"displayName\":\"Ann\",\"room\":\"\"}")
                .post("/v1/guest-tokens")
                .then()
                .statusCode(404)
                .body("error", equalTo("APPLICATION_NOT_FOUND"));
    }

    @Test
    void aRoomTokenSaysWhatWasAskedFor() throws Exception {
        String body =
                "{\"bizName\":\"demo\",\"uid\":\"bot-1\",\"displayName\":\"Bot\",\"room\":\"42\",\"role\":\"cohost\",\"publish\":true,"
                        + "\"subscribe\":false,\"record\":false,\"moderate\":true,\"ttlSeconds\":60}";
        for (var caller : new RequestSpecification[] {service(), admin()}) {
            String text = caller.contentType(ContentType.JSON)
                    .body(body)
                    .post("/v1/room-tokens")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("token");
            var token = verified(text);
            assertEquals("publish moderate", token.getClaim("scope"));
            assertEquals("cohost", token.getClaim("role"));
            assertEquals("bot-1", token.getSubject());
            assertEquals(60, token.getExpirationTime() - token.getIssuedAtTime());
        }
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/room-tokens")
                .then()
                .statusCode(401);
    }

    @Test
    void rotatingKeepsEveryTokenValidAndShowsTheNextKeyBeforeItSigns() throws Exception {
        String before = adminToken();
        String next = admin().get("/v1/keys").then().statusCode(200).extract().path("find { it.state == 'next' }.kid");
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys.kid", hasItem(next))
                .body("keys[0]", not(org.hamcrest.Matchers.hasKey("d")))
                .body("keys[0].alg", equalTo("ES256"));
        admin().post("/v1/keys:rotate")
                .then()
                .statusCode(200)
                .body("find { it.kid == '" + next + "' }.state", equalTo("next"));
        verified(before);
        verified(adminToken());
        service().post("/v1/keys:rotate").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/sign-in | {\"company\":\"operator\",\"password\":\"x\"} | account",
                "/v1/sign-in | {\"account\":\"\",\"password\":\"x\"} | account",
                "/v1/sign-in | {\"account\":{\"a\":1},\"password\":\"x\"} | account",
                "/v1/sign-in | '' | body",
                "/v1/sign-in | null | body",
                "/v1/sign-in | [] | body",
                "/v1/sign-in | {\"account\": | JSON",
                "/v1/sign-in | not json | JSON",
                "/v1/guest-tokens | {\"bizName\":\"\",\"room\":\"\"} | displayName",
                "/v1/guest-tokens | {\"displayName\":\"Ann\",\"room\":\"\"} | bizName",
                "/v1/room-tokens | {\"bizName\":\"demo\",\"uid\":\"u\",\"displayName\":\"n\",\"room\":\"\",\"role\":\"king\",\"ttlSeconds\":60} | role",
                "/v1/room-tokens | {\"bizName\":\"demo\",\"uid\":\"u\",\"displayName\":\"n\",\"room\":\"\",\"role\":\"guest\",\"ttlSeconds\":59} | ttlSeconds",
                "/v1/room-tokens | {\"bizName\":\"demo\",\"uid\":\"u\",\"displayName\":\"n\",\"room\":\"\",\"role\":\"guest\",\"ttlSeconds\":\"soon\"} | ttlSeconds",
                "/v1/room-tokens | {\"bizName\":\"demo\",\"uid\":\"u\",\"displayName\":\"n\",\"room\":\"\",\"role\":\"guest\",\"publish\":\"maybe\",\"ttlSeconds\":60} | publish",
                "/v1/sign-in | {\"account\":\"a\\u0000b\",\"password\":\"x\"} | account",
                "/v1/guest-tokens | {\"bizName\":\"\",\"displayName\":\"A\\nnn\",\"room\":\"\"} | displayName",
                "/v1/signatures:check | {\"bizName\":\"demo\",\"signature\":\"AAAA\"} | uid",
            })
    void badInputNamesTheFieldAtFault(String path, String body, String named) {
        service()
                .contentType(ContentType.JSON)
                .body(body == null ? "" : body)
                .post(path)
                .then()
                .statusCode(400)
                .body("code", equalTo(9001))
                .body("error", equalTo("BAD_REQUEST"))
                .body("message", containsString(named));
    }

    @Test
    void badInputToCreateNamesTheFieldAndUnknownFieldsAreIgnored() {
        create(Map.of()).statusCode(400).body("message", containsString("name"));
        create(Map.of("name", "x", "callbackUrl", "javascript:alert(1)"))
                .statusCode(400)
                .body("message", containsString("callbackUrl"));
        create(Map.of("name", "x", "appId", "a b")).statusCode(400).body("message", containsString("appId"));
        create(Map.of("name", "Unknown " + UUID.randomUUID(), "colour", "red")).statusCode(201);
    }

    @Test
    void aTokenThatIsAlteredForgedOrOfAnUnknownKeyIsRefused() {
        String token = adminToken();
        for (String bad : new String[] {
            token.substring(0, token.length() - 6) + "AAAAAA", "x", "a.b.c", token + "x", withAlgorithmNone(token)
        }) {
            given().auth()
                    .preemptive()
                    .oauth2(bad)
                    .get("/v1/applications")
                    .then()
                    .statusCode(401)
                    .body("error", equalTo("TOKEN_INVALID"));
        }
    }

    @Test
    void noAlgorithmButEs256IsTakenWhateverTheHeaderSays() throws Exception {
        var key = given().get("/.well-known/jwks.json").then().extract();
        String publicKey = key.path("keys[0].x");
        String confused = Jwt.claims()
                .issuer("parley")
                .subject("x")
                .groups(Set.of("root"))
                .expiresIn(600)
                .jws()
                .keyId(key.path("keys[0].kid"))
                .sign(new SecretKeySpec(publicKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        given().auth()
                .preemptive()
                .oauth2(confused)
                .get("/v1/applications")
                .then()
                .statusCode(401)
                .body("error", equalTo("TOKEN_INVALID"));
    }

    @Test
    @Tag("MRTC-CON-03")
    void anAdministratorSeesTheOwnCompanysApplicationsOnly() {
        String name = "ann-" + UUID.randomUUID();
        AccountClient.newUser("demo", name, 2);
        String own = AccountClient.tokenOf("demo", name);
        String other = create(Map.of("name", "Elsewhere " + UUID.randomUUID()))
                .extract()
                .path("application.bizName");
        given().auth()
                .preemptive()
                .oauth2(own)
                .get("/v1/applications")
                .then()
                .statusCode(200)
                .body("bizName", hasItem("demo"))
                .body("bizName", not(hasItem(other)));
        AccountClient.with(own).get("/v1/applications/demo").then().statusCode(200);
        AccountClient.with(own)
                .get("/v1/applications/" + other)
                .then()
                .statusCode(404)
                .body("error", equalTo("APPLICATION_NOT_FOUND"));
        AccountClient.with(own)
                .body("{\"autoRecord\":true}")
                .patch("/v1/applications/" + other)
                .then()
                .statusCode(404);
        AccountClient.with(own)
                .body(Map.of(
                        "bizName",
                        other,
                        "uid",
                        "u",
                        "displayName",
                        "n",
                        "room",
                        "",
                        "role",
                        "guest",
                        "ttlSeconds",
                        60))
                .post("/v1/room-tokens")
                .then()
                .statusCode(404);
        admin().get("/v1/applications/" + other).then().body("autoRecord", equalTo(false));
        AccountClient.with(own).post("/v1/keys:rotate").then().statusCode(403);
    }

    @Test
    void aBodyThatIsTooLargeOrTooDeepIsRefused() {
        given().contentType(ContentType.JSON)
                .body("{\"account\":\"" + "a".repeat(70_000) + "\"}")
                .post("/v1/sign-in")
                .then()
                .statusCode(413)
                .body("error", equalTo("TOO_LARGE"))
                .body("message", containsString("65536 bytes"));
        given().contentType(ContentType.JSON)
                .body("{\"x\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}")
                .post("/v1/sign-in")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    void whatIsNotThereAnswersInTheOneErrorShape() {
        given().get("/v1/nothing").then().statusCode(404).body("error", equalTo("NOT_FOUND"));
        admin().urlEncodingEnabled(false)
                .get("/v1/applications/a%00b")
                .then()
                .statusCode(400)
                .body("message", containsString("bizName"));
        admin().get("/v1/applications/nosuchbiz")
                .then()
                .statusCode(404)
                .body("error", equalTo("APPLICATION_NOT_FOUND"));
        given().contentType(ContentType.TEXT)
                .body("x")
                .post("/v1/sign-in")
                .then()
                .statusCode(415)
                .body("error", equalTo("BAD_REQUEST"));
        given().delete("/v1/sign-in").then().statusCode(405).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    void healthMetricsAndOpenApiAreServed() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(200);
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths", org.hamcrest.Matchers.hasKey("/v1/signatures:check"));
    }

    private ValidatableResponse signIn(String company, String account, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("company", company, "account", account, "password", password))
                .post("/v1/sign-in")
                .then();
    }

    private String adminToken() {
        return signIn("", "admin", adminPassword).statusCode(200).extract().path("token");
    }

    private RequestSpecification admin() {
        return given().auth().preemptive().oauth2(adminToken());
    }

    private RequestSpecification service() {
        String token = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "test")
                .formParam("client_secret", serviceSecret)
                .post("/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        return given().auth().preemptive().oauth2(token);
    }

    private ValidatableResponse create(Map<String, Object> application) {
        return admin().contentType(ContentType.JSON)
                .body(application)
                .post("/v1/applications")
                .then();
    }

    private ValidatableResponse check(String bizName, String appId, String workspaceId, String uid, String signature) {
        return service()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "bizName",
                        bizName,
                        "appId",
                        appId,
                        "workspaceId",
                        workspaceId,
                        "uid",
                        uid,
                        "signature",
                        signature))
                .post("/v1/signatures:check")
                .then();
    }

    /** As every other service does it: by the key set over HTTP, ES256 only, issuer parley. */
    private JsonWebToken verified(String token) throws Exception {
        var context =
                new JWTAuthContextInfo(base.resolve("/.well-known/jwks.json").toString(), "parley");
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        return new DefaultJWTParser(context).parse(token);
    }

    private static String withAlgorithmNone(String token) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + token.split("\\.")[1] + ".";
    }

    /** The manual's sample. */
    private static String manualSign(String privateKeyBase64, String text) throws Exception {
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKeyBase64));
        Cipher cipher = Cipher.getInstance("RSA");
        cipher.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePrivate(spec));
        return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
