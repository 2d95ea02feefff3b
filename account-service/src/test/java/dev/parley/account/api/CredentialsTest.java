package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.newCompany;
import static dev.parley.account.api.AccountClient.newUser;
import static dev.parley.account.api.AccountClient.root;
import static dev.parley.account.api.AccountClient.service;
import static dev.parley.account.api.AccountClient.signIn;
import static dev.parley.account.api.AccountClient.tokenOf;
import static dev.parley.account.api.AccountClient.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Permissions;
import dev.parley.account.domain.Role;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class CredentialsTest {
    private final List<HttpServer> servers = new ArrayList<>();
    private String company;
    private String boss;
    private String bizName;
    private String credentials;
    private String appId;
    private String secret;

    @BeforeEach
    void anApplicationWithACredential() {
        company = newCompany();
        newUser(company, "boss", 2);
        boss = tokenOf(company, "boss");
        bizName = with(boss)
                .body(Map.of("name", "Credentials " + UUID.randomUUID()))
                .post("/v1/applications")
                .then()
                .statusCode(201)
                .extract()
                .path("application.bizName");
        credentials = "/v1/applications/" + bizName + "/credentials";
        var made = with(boss)
                .body(Map.of("name", "server"))
                .post(credentials)
                .then()
                .statusCode(201)
                .extract();
        appId = made.path("appId");
        secret = made.path("secret");
    }

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(0));
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

    @Test
    @Tag("RTCPEER-6.2")
    @Tag("RTCPEER-6.2a")
    void aThirdPartysUserIsRegisteredAtTheFirstLoginAndIsTheSameUserAfterwards() {
        String sign = sign(appId, secret).extract().path("sign");
        var first = dock(sign, Map.of("account", "wx-1@partner", "userName", "Ann", "level", 1))
                .body("result", equalTo(0))
                .body("session.user.level", equalTo(4))
                .body("organisation.id", equalTo(company))
                .extract();
        with(first.path("session.token")).get("/v1/me").then().statusCode(200).body("name", equalTo("Ann"));
        dock(
                        sign,
                        Map.of(
                                "account",
                                "wx-1@partner",
                                "userName",
                                "Anna",
                                "avatar",
                                "https://example.com/a.png",
                                "level",
                                5))
                .body("result", equalTo(0))
                .body("session.user.id", equalTo(first.<Integer>path("session.user.id")))
                .body("session.user.name", equalTo("Anna"))
                .body("session.user.photo", equalTo("https://example.com/a.png"))
                .body("session.user.level", equalTo(5));
        signIn(company, "wx-1@partner", "!").statusCode(401);
        signIn(company, "wx-1@partner", "").statusCode(400);
    }

    @Test
    @Tag("RTCPEER-6.2b")
    void dockingAnswersTheManualsCodesAndNoSessionUnlessItWentWell() throws IOException {
        String sign = sign(appId, secret).extract().path("sign");
        fails(1, dock(sign, Map.of("account", "a", "company", "another")));
        fails(2, dock("A".repeat(43), Map.of("account", "a")));
        fails(2, dock(sign, Map.of("account", "a", "appkey", "ak0000")));
        dock(sign, Map.of("account", "a", "appkey", appId, "company", company)).body("result", equalTo(0));
        fails(4, dock(sign, Map.of("account", "boss"))); // a local account with a password cannot be taken over
        authUrl("http://127.0.0.1:9/"); // a private address that nobody has allowed
        fails(3, dock(sign, Map.of("account", "a")));
        authUrl(thirdParty(200, "{\"code\":7}", new CopyOnWriteArrayList<>()));
        fails(3, dock(sign, Map.of("account", "a")));
        var asked = new CopyOnWriteArrayList<String>();
        authUrl(thirdParty(200, "{\"code\":0,\"userName\":\"Vouched\"}", asked));
        dock(sign, Map.of("account", "a", "userName", "Claimed", "authCode", "c-1"))
                .body("result", equalTo(0))
                .body("session.user.name", equalTo("Vouched"));
        assertTrue(asked.getFirst().contains("\"authCode\":\"c-1\""), asked.toString());
        root().body(Map.of("enabled", false))
                .patch("/v1/companies/" + company)
                .then()
                .statusCode(200);
        fails(1, dock(sign, Map.of("account", "a")));
    }

    @Test
    @Tag("CRV-1.1")
    @Tag("CRV-1.2")
    @Tag("CRV-1.4")
    void anAppIdAndTheMd5OfItsSecretSignInAndNothingElseDoes() throws Exception {
        String md5 = digest("MD5", secret);
        login(md5, "").statusCode(200).body("bizName", equalTo(bizName));
        login(md5.toUpperCase(), "  ").statusCode(200);
        login(secret, "").statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
        login(digest("MD5", secret + "x"), "").statusCode(401);
        login(md5, "code").statusCode(400).body("error", equalTo("AUTH_CODE_UNEXPECTED"));
        appId = "ak0000";
        login(md5, "").statusCode(401).body("error", equalTo("CREDENTIAL_INVALID"));
    }

    @Test
    @Tag("CRV-1.3")
    void aCodeIsCheckedAtTheOwnersServerAndEveryFailureHasItsOwnError() throws Exception {
        String md5 = digest("MD5", secret);
        var asked = new CopyOnWriteArrayList<String>();
        authUrl(thirdParty(200, "{\"code\":0}", asked));
        login(md5, " ").statusCode(401).body("error", equalTo("AUTH_CODE_MISSING"));
        assertEquals(List.of(), asked);
        login(md5, "code-1").statusCode(200);
        assertTrue(
                asked.getFirst().contains("code-1") && asked.getFirst().contains("\"account\":\"user-1\""),
                asked.toString());
        assertFalse(asked.getFirst().contains(secret), "the secret signs and does not travel");
        authUrl(thirdParty(200, "{\"code\":1}", new CopyOnWriteArrayList<>()));
        login(md5, "code-1").statusCode(403).body("error", equalTo("THIRD_PARTY_REFUSED"));
        authUrl(thirdParty(500, "", new CopyOnWriteArrayList<>()));
        login(md5, "code-1").statusCode(502).body("error", equalTo("THIRD_PARTY_AWAY"));
        authUrl("http://127.0.0.1:9/");
        login(md5, "code-1").statusCode(502).body("error", equalTo("THIRD_PARTY_AWAY"));
    }

    @Test
    @Tag("MRTC-CON-07")
    void aTestCallbackIsSentSignedAndTheAnswerIsShown() throws IOException {
        String application = "/v1/applications/" + bizName;
        with(boss).post(application + ":testCallback").then().statusCode(409).body("error", equalTo("NO_CALLBACK_URL"));
        var asked = new CopyOnWriteArrayList<String>();
        callback(echo(asked));
        with(boss)
                .post(application + ":testCallback")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true))
                .body("status", equalTo(200));
        assertTrue(asked.getFirst().contains("\"bizName\":\"" + bizName + "\""), asked.toString());
        assertTrue(asked.getFirst().contains("\"eventCode\":10"), asked.toString());
        assertTrue(asked.getFirst().contains(" v1="), asked.toString());
        callback(thirdParty(200, "{\"code\":0}", new CopyOnWriteArrayList<>()));
        with(boss)
                .post(application + ":testCallback")
                .then()
                .body("delivered", equalTo(false))
                .body("message", equalTo("the answer does not repeat bizRequestId"));
        callback("http://127.0.0.1:9/");
        String refused = with(boss)
                .post(application + ":testCallback")
                .then()
                .body("delivered", equalTo(false))
                .extract()
                .path("message");
        assertTrue(refused.contains("private address"), refused);
        callback("http://169.254.169.254/latest/meta-data/");
        with(boss)
                .post(application + ":testCallback")
                .then()
                .body("delivered", equalTo(false))
                .body("status", equalTo(0));
    }

    private void callback(String url) {
        with(boss)
                .body(Map.of("callbackUrl", url))
                .patch("/v1/applications/" + bizName)
                .then()
                .statusCode(200);
    }

    private void authUrl(String url) {
        with(boss)
                .body(Map.of("authUrl", url))
                .patch(credentials + "/" + appId)
                .then()
                .statusCode(200)
                .body("authUrl", equalTo(url));
    }

    private static void fails(int result, ValidatableResponse answer) {
        answer.body("result", equalTo(result)).body("session", nullValue());
    }

    private static ValidatableResponse dock(String sign, Map<String, Object> login) {
        var body = new HashMap<>(login);
        body.put("sign", sign);
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/docking-logins")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse login(String secretMd5, String authCode) {
        return service()
                .body(Map.of("appId", appId, "secretMd5", secretMd5, "userId", "user-1", "authCode", authCode))
                .post("/v1/app-logins")
                .then();
    }

    private static ValidatableResponse sign(String appId, String secret) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("appId", appId, "secret", secret))
                .post("/v1/api-signs")
                .then();
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

    /** A business's server at an address that the test's settings allow; its URL. */
    private String thirdParty(int status, String answer, List<String> asked) throws IOException {
        return server(status, asked, body -> answer);
    }

    private String echo(List<String> asked) throws IOException {
        return server(200, asked, body -> {
            String id = body.replaceAll(".*\"bizRequestId\":\"([^\"]+)\".*", "$1");
            return "{\"bizRequestId\":\"" + id + "\",\"code\":0}";
        });
    }

    private String server(int status, List<String> asked, java.util.function.UnaryOperator<String> answer)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body + " " + exchange.getRequestHeaders().getFirst("X-Parley-Signature"));
            byte[] bytes = answer.apply(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        servers.add(server);
        return "http://127.0.0.2:" + server.getAddress().getPort() + "/";
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
