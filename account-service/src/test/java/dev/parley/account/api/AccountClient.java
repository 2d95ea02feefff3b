package dev.parley.account.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the tests do over the service's real socket. */
final class AccountClient {
    static final String PASSWORD = "correct horse 7";

    private static String rootToken;
    private static long rootSinceMs;

    private AccountClient() {}

    static ValidatableResponse signIn(String company, String account, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("company", company, "account", account, "password", password))
                .post("/v1/sign-in")
                .then();
    }

    static String rootToken() {
        return signIn("", "admin", secret("PARLEY_ADMIN_PASSWORD"))
                .statusCode(200)
                .extract()
                .path("token");
    }

    /** With a token that is kept for a while: a test must not sign in as root while its clock is days ahead. */
    static synchronized RequestSpecification root() {
        long nowMs = System.currentTimeMillis();
        if (nowMs - rootSinceMs > 5 * 60_000) {
            rootToken = rootToken();
            rootSinceMs = nowMs;
        }
        return with(rootToken);
    }

    static RequestSpecification with(String token) {
        return given().auth().preemptive().oauth2(token).contentType(ContentType.JSON);
    }

    static String serviceToken() {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "test")
                .formParam("client_secret", secret("PARLEY_SERVICE_SECRET"))
                .post("/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    static RequestSpecification service() {
        return with(serviceToken());
    }

    /** A company of its own for one test. */
    static String newCompany() {
        String id = "company-" + UUID.randomUUID().toString().substring(0, 8);
        root().body(Map.of("id", id)).post("/v1/companies").then().statusCode(201);
        return id;
    }

    /** Its number. */
    static long newUser(String company, String account, int level) {
        return root().body(Map.of("account", account, "password", PASSWORD, "level", level, "name", account))
                .post("/v1/companies/{company}/users", company)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    static String tokenOf(String company, String account) {
        return signIn(company, account, PASSWORD).statusCode(200).extract().path("token");
    }

    static String secret(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
