package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.root;
import static dev.parley.account.api.AccountClient.service;
import static dev.parley.account.api.AccountClient.signIn;
import static dev.parley.account.api.AccountClient.with;
import static dev.parley.account.api.TestCredential.sign;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class ThirdPartyTest {
    private final List<HttpServer> servers = new ArrayList<>();
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

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(0));
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

    private static String digest(String algorithm, String text) throws Exception {
        var digest = algorithm.equals("SM3")
                ? MessageDigest.getInstance("SM3", new BouncyCastleProvider())
                : MessageDigest.getInstance(algorithm);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
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
}
