package dev.parley.account.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's way in, over a real socket; its pages are tested in a real browser by end-to-end. */
@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class ConsoleTest {
    private static final String SESSION = "/console/v1/console/session";

    /** What a browser holds after a sign-in. */
    private record Browser(String sid, String csrf) {
        RequestSpecification reads() {
            return given().cookie(ConsoleGate.COOKIE, sid).contentType(ContentType.JSON);
        }

        RequestSpecification changes() {
            return reads().header(ConsoleGate.PROOF, csrf);
        }
    }

    @Test
    void theCookieIsForTheConsoleAloneAndNoScriptReadsIt() {
        String cookie = signIn(given()).header("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly"), cookie);
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
        assertTrue(cookie.contains("Path=/console"), cookie);
        assertFalse(cookie.contains("Secure"), "over plain HTTP on this machine it would never come back: " + cookie);
        String overTls = signIn(given().header("X-Forwarded-Proto", "https")).header("Set-Cookie");
        assertTrue(overTls.contains("Secure"), overTls);
    }

    @Test
    void whoIsSignedInAndWhatTheTableAllowsComesBackAndNoSid() {
        var browser = browser();
        browser.reads()
                .get(SESSION)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("user.account", equalTo("admin"))
                .body("rights", hasKey("CREATE_COMPANY"))
                .body("rights", not(hasKey("CHECK_SIGNATURE")))
                .body(not(containsString(browser.sid)));
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNotTheOneAfterSignIn() {
        String chosen = "A".repeat(43);
        String sid = signIn(given().cookie(ConsoleGate.COOKIE, chosen)).cookie(ConsoleGate.COOKIE);
        assertNotEquals(chosen, sid);
        var before = browser();
        String after = signIn(before.reads()).cookie(ConsoleGate.COOKIE);
        assertNotEquals(before.sid, after);
        before.reads().get(SESSION).then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
    }

    @Test
    void signedOutIsSignedOutOnTheServer() {
        var browser = browser();
        browser.changes().delete(SESSION).then().statusCode(204).cookie(ConsoleGate.COOKIE, "");
        browser.reads().get(SESSION).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "wrong"})
    void aChangeWithoutTheSessionsProofIsRefused(String proof) {
        var browser = browser();
        var request = proof.isEmpty() ? browser.reads() : browser.reads().header(ConsoleGate.PROOF, proof);
        request.body(Map.of("name", "forged"))
                .post("/console/v1/applications")
                .then()
                .statusCode(403)
                .body("error", equalTo("CROSS_SITE"));
        browser.reads().get("/console/v1/applications").then().body(not(containsString("forged")));
    }

    @Test
    void theProofOfOneSessionIsNoneOfAnother() {
        var victim = browser();
        victim.reads()
                .header(ConsoleGate.PROOF, browser().csrf)
                .delete(SESSION)
                .then()
                .statusCode(403)
                .body("error", equalTo("CROSS_SITE"));
    }

    @Test
    void whatABrowserSaysComesFromAnotherSiteIsRefused() {
        var browser = browser();
        String path = "/console/v1/applications";
        browser.reads().header("Sec-Fetch-Site", "cross-site").get(path).then().statusCode(403);
        browser.reads().header("Sec-Fetch-Site", "same-site").get(path).then().statusCode(403);
        browser.reads().header("Sec-Fetch-Site", "same-origin").get(path).then().statusCode(200);
        for (String origin : new String[] {"https://evil.example", "null", "http://127.0.0.1:1"}) {
            browser.changes().header("Origin", origin).delete(SESSION).then().statusCode(403);
        }
        given().header("Origin", "https://evil.example")
                .contentType(ContentType.JSON)
                .body(Map.of("account", "admin", "password", "x"))
                .post(SESSION)
                .then()
                .statusCode(403)
                .body("error", equalTo("CROSS_SITE"));
    }

    @Test
    void theConsoleTakesNoOtherCredentialAndTheInterfaceNoCookie() {
        given().auth()
                .preemptive()
                .oauth2(AccountClient.rootToken())
                .get("/console/v1/me")
                .then()
                .statusCode(401);
        browser().changes().get("/v1/me").then().statusCode(401);
        given().auth()
                .preemptive()
                .oauth2(AccountClient.rootToken())
                .get("/v1/console/session")
                .then()
                .statusCode(404);
    }

    @Test
    void rightsAreThoseOfTheTableAndChangeAtOnce() {
        String company = AccountClient.newCompany();
        long number = AccountClient.newUser(company, "clerk", 2);
        var clerk = browser(company, "clerk", AccountClient.PASSWORD);
        clerk.changes()
                .body(Map.of("name", "Clerk's"))
                .post("/console/v1/applications")
                .then()
                .statusCode(201);
        clerk.reads().get("/console/v1/companies").then().statusCode(403).body("error", equalTo("NOT_ALLOWED"));
        AccountClient.root()
                .body(Map.of("level", 4))
                .patch("/v1/companies/{c}/users/{n}", company, number)
                .then()
                .statusCode(200);
        clerk.changes()
                .body(Map.of("name", "too late"))
                .post("/console/v1/applications")
                .then()
                .statusCode(403);
    }

    @Test
    void everyPageCarriesTheContentSecurityPolicy() {
        for (String path :
                new String[] {"/console/", "/console/js/main.js", "/console/css/base.css", "/console/no-such"}) {
            given().get(path)
                    .then()
                    .header(
                            "Content-Security-Policy",
                            containsString("default-src 'none'; script-src 'self'; style-src 'self'"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .header("Content-Security-Policy", containsString("require-trusted-types-for 'script'"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer");
        }
        given().redirects().follow(false).get("/console").then().statusCode(302).header("Location", "/console/");
        given().get("/console/").then().statusCode(200).contentType(containsString("text/html"));
    }

    @Test
    void aQueryReachesTheInterfaceAsItWasAsked() {
        browser()
                .reads()
                .queryParam("text", "ad min+%&")
                .queryParam("pageSize", 1)
                .get("/console/v1/companies/operator/users")
                .then()
                .statusCode(200)
                .body("totalCount", equalTo(0));
        browser()
                .reads()
                .get("/console/v1/companies/operator/users?text=admin")
                .then()
                .body("totalCount", equalTo(1));
    }

    private static Browser browser() {
        return browser("", "admin", AccountClient.secret("PARLEY_ADMIN_PASSWORD"));
    }

    private static Browser browser(String company, String account, String password) {
        var response = signIn(given(), company, account, password);
        return new Browser(response.cookie(ConsoleGate.COOKIE), response.path("csrf"));
    }

    private static ExtractableResponse<Response> signIn(RequestSpecification as) {
        return signIn(as, "", "admin", AccountClient.secret("PARLEY_ADMIN_PASSWORD"));
    }

    private static ExtractableResponse<Response> signIn(
            RequestSpecification as, String company, String account, String password) {
        return as.contentType(ContentType.JSON)
                .body(Map.of("company", company, "account", account, "password", password))
                .post(SESSION)
                .then()
                .statusCode(200)
                .extract();
    }
}
