package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.service;
import static dev.parley.account.api.AccountClient.with;
import static dev.parley.account.api.TestCredential.sign;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Permissions;
import dev.parley.account.domain.Role;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class CredentialsTest {
    private String company;
    private String boss;
    private String bizName;
    private String credentials;
    private String appId;
    private String secret;

    @BeforeEach
    void anApplicationWithACredential() {
        var made = TestCredential.make();
        company = made.company();
        boss = made.boss();
        bizName = made.bizName();
        credentials = made.path();
        appId = made.appId();
        secret = made.secret();
    }

    @Test
    @Tag("RTCPEER-6.1")
    @Tag("RTCPEER-2.1a")
    void aSignIsHadForTheSecretAndWorksUntilItIsOverOrRevoked() {
        String sign = sign(appId, secret).statusCode(200).extract().path("sign");
        checkSign(sign)
                .statusCode(200)
                .body("bizName", equalTo(bizName))
                .body("company", equalTo(company))
                .body("appId", equalTo(appId));
        String other = sign(appId, secret)
                .statusCode(200)
                .body("sign", not(equalTo(sign)))
                .extract()
                .path("sign");
        checkSign(sign).statusCode(200); // several are good at once
        sign(appId, secret + "x")
                .statusCode(401)
                .body("error", equalTo("CREDENTIAL_INVALID"))
                .body("sign", nullValue());
        sign("ak0000", secret).statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
        checkSign("A".repeat(43)).statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
        service().body("{}").post("/v1/api-signs:check").then().statusCode(400);
        QuarkusMock.installMockForType(later(Duration.ofHours(13)), Time.class);
        checkSign(sign).statusCode(401);
        QuarkusMock.installMockForType(new Time(), Time.class);
        with(boss).delete(credentials + "/" + appId).then().statusCode(204);
        checkSign(other).statusCode(401);
    }

    @Test
    @Tag("CRV-1.7")
    void aChangedSecretEndsTheOldOneAndItsSigns() {
        String sign = sign(appId, secret).extract().path("sign");
        assertFalse(with(boss).get(credentials).asString().contains(secret), "shown once");
        String fresh = with(boss)
                .post(credentials + "/" + appId + ":changeSecret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        checkSign(sign).statusCode(401);
        sign(appId, secret).statusCode(401);
        sign(appId, fresh).statusCode(200);
        with(boss)
                .post(credentials + "/none:changeSecret")
                .then()
                .statusCode(404)
                .body("error", equalTo("CREDENTIAL_NOT_FOUND"));
    }

    @Test
    void anExpiredCredentialIsRefused() {
        var made = with(boss)
                .body(Map.of("name", "short", "expiresAtMs", System.currentTimeMillis() + 60_000))
                .post(credentials)
                .then()
                .statusCode(201)
                .extract();
        sign(made.path("appId"), made.path("secret")).statusCode(200);
        QuarkusMock.installMockForType(later(Duration.ofMinutes(2)), Time.class);
        sign(made.path("appId"), made.path("secret")).statusCode(401);
    }

    @Test
    @Tag("MRTC-SIG-12")
    void anOpenApiCallWithAFreshSignatureWorksOnceAndForItsApplicationOnly() throws Exception {
        String path = "/v1/applications/" + bizName;
        var headers = headers("hmac-sha256=", "GET", path, "", now(), nonce());
        call("GET", path, "", headers).then().statusCode(200).body("bizName", equalTo(bizName));
        call("GET", path, "", headers).then().statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
        call("GET", path, "", headers("hmac-sm3=", "GET", path, "", now(), nonce()))
                .then()
                .statusCode(200);
        call(
                        "GET",
                        "/v1/applications/demo",
                        "",
                        headers("hmac-sha256=", "GET", "/v1/applications/demo", "", now(), nonce()))
                .then()
                .statusCode(404)
                .body("error", equalTo("APPLICATION_NOT_FOUND"));
        String body = "{\"bizName\":\"" + bizName
                + "\",\"uid\":\"u\",\"displayName\":\"n\",\"room\":\"\",\"role\":\"guest\",\"ttlSeconds\":60}";
        call("POST", "/v1/room-tokens", body, headers("hmac-sha256=", "POST", "/v1/room-tokens", body, now(), nonce()))
                .then()
                .statusCode(200)
                .body("token", notNullValue());
    }

    @Test
    @Tag("MRTC-SIG-12")
    void anOpenApiCallThatIsAlteredOldOrIncompleteIsRefused() throws Exception {
        String path = "/v1/applications/" + bizName;
        long nowMs = System.currentTimeMillis();
        String good = nonce();
        for (var wrong : List.of(
                headers("hmac-sha256=", "POST", path, "", now(), nonce()),
                headers("hmac-sha256=", "GET", path + "?x", "", now(), nonce()),
                headers("hmac-sha256=", "GET", path, "x", now(), nonce()),
                headers("hmac-sha256=", "GET", path, "", String.valueOf(nowMs - 400_000), nonce()),
                headers("hmac-sha256=", "GET", path, "", String.valueOf(nowMs + 400_000), nonce()),
                headers("hmac-sha256=", "GET", path, "", String.valueOf(nowMs / 1000), nonce()),
                headers("hmac-sha256=", "GET", path, "", now(), "short"),
                headers("hmac-md5=", "GET", path, "", now(), nonce()),
                without(headers("hmac-sha256=", "GET", path, "", now(), good), "X-Parley-Nonce"),
                without(headers("hmac-sha256=", "GET", path, "", now(), good), "X-Parley-Timestamp"),
                without(headers("hmac-sha256=", "GET", path, "", now(), good), "X-Parley-Signature"))) {
            call("GET", path, "", wrong).then().statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
        }
        call("GET", path, "", headers("hmac-sha256=", "GET", path, "", now(), good))
                .then()
                .statusCode(200);
    }

    @Test
    void anApplicationMayDoWhatTheTableSaysAndNothingElse() throws Exception {
        for (var one : Map.of(
                        Operation.READ_AUDIT, "/v1/audit",
                        Operation.LIST_COMPANIES, "/v1/companies",
                        Operation.READ_OWN_ACCOUNT, "/v1/me",
                        Operation.READ_COMPANY, "/v1/companies/" + company,
                        Operation.SEARCH_USERS, "/v1/companies/" + company + "/users",
                        Operation.READ_APPLICATION_KEYS, "/v1/applications/" + bizName + "/keys",
                        Operation.READ_CREDENTIALS, credentials,
                        Operation.READ_TOKEN_KEYS, "/v1/keys",
                        Operation.READ_APPLICATION, "/v1/applications")
                .entrySet()) {
            boolean allowed = Permissions.of(Role.APPLICATION, one.getKey()) != Permissions.Reach.NONE;
            var response =
                    call("GET", one.getValue(), "", headers("hmac-sha256=", "GET", one.getValue(), "", now(), nonce()));
            assertEquals(allowed ? 200 : 403, response.statusCode(), one + ": " + response.asString());
        }
        call("GET", "/v1/applications", "", headers("hmac-sha256=", "GET", "/v1/applications", "", now(), nonce()))
                .then()
                .body("bizName", equalTo(List.of(bizName)));
    }

    @Test
    void aServiceHasACallCheckedThatItGot() throws Exception {
        String path = "/v1/recordings/r1?x=1";
        var h = headers("hmac-sha256=", "GET", path, "", now(), nonce());
        var body = Map.of(
                "appId", appId,
                "method", "GET",
                "path", path,
                "timestamp", h.get("X-Parley-Timestamp"),
                "nonce", h.get("X-Parley-Nonce"),
                "bodyDigest", digest("SHA-256", ""),
                "signature", h.get("X-Parley-Signature"));
        service()
                .body(body)
                .post("/v1/api-requests:check")
                .then()
                .statusCode(200)
                .body("bizName", equalTo(bizName));
        service().body(body).post("/v1/api-requests:check").then().statusCode(401);
    }

    private static ValidatableResponse checkSign(String sign) {
        return service().body(Map.of("sign", sign)).post("/v1/api-signs:check").then();
    }

    private static Response call(String method, String path, String body, Map<String, String> headers) {
        var spec = given().urlEncodingEnabled(false).headers(headers);
        if (!body.isEmpty()) spec = spec.contentType("application/json").body(body);
        return spec.request(method, path);
    }

    private Map<String, String> headers(
            String kind, String method, String path, String body, String timestamp, String nonce) throws Exception {
        boolean sm3 = kind.equals("hmac-sm3=");
        String text = String.join("\n", method, path, timestamp, nonce, digest(sm3 ? "SM3" : "SHA-256", body));
        var mac = sm3 ? Mac.getInstance("HmacSM3", new BouncyCastleProvider()) : Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
        String signature = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return Map.of(
                "X-Parley-App-Id", appId,
                "X-Parley-Timestamp", timestamp,
                "X-Parley-Nonce", nonce,
                "X-Parley-Signature", kind + signature);
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        var fewer = new HashMap<>(headers);
        fewer.remove(name);
        return fewer;
    }

    private static String digest(String algorithm, String text) throws Exception {
        var digest = algorithm.equals("SM3")
                ? MessageDigest.getInstance("SM3", new BouncyCastleProvider())
                : MessageDigest.getInstance(algorithm);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String now() {
        return String.valueOf(System.currentTimeMillis());
    }

    private static String nonce() {
        return UUID.randomUUID().toString();
    }

    private static Time later(Duration later) {
        return new Time() {
            @Override
            public long nowMs() {
                return System.currentTimeMillis() + later.toMillis();
            }
        };
    }
}
