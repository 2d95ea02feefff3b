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
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class SessionsTest {
    private String company;
    private long ann;

    @BeforeEach
    void aCompanyWithAUser() {
        company = newCompany();
        ann = newUser(company, "ann", 4);
    }

    @Test
    @Tag("RTCPEER-2.2")
    void signingInGivesAUserASidAndATokenOfFifteenMinutes() {
        var answer = signIn(company, "ann", AccountClient.PASSWORD)
                .statusCode(200)
                .body("user.account", equalTo("ann"))
                .body("user.company", equalTo(company))
                .body("user.level", equalTo(4))
                .extract();
        assertEquals(43, answer.<String>path("sid").length());
        String claims = new String(
                Base64.getUrlDecoder().decode(answer.<String>path("token").split("\\.")[1]), StandardCharsets.UTF_8);
        var json = io.restassured.path.json.JsonPath.from(claims);
        assertEquals(900, json.getLong("exp") - json.getLong("iat"), claims);
        assertFalse(claims.contains(answer.<String>path("sid")), "the SID is its holder's: " + claims);
        signIn(company, "ann", "wrong")
                .statusCode(401)
                .body("user", equalTo(null))
                .body("sid", equalTo(null));
    }

    @Test
    @Tag("RTCPEER-2.3")
    void signingOutEndsTheSessionAtOnceForTokenAndSid() {
        var answer = signIn(company, "ann", AccountClient.PASSWORD).extract();
        String token = answer.path("token");
        with(token).get("/v1/me").then().statusCode(200).body("id", equalTo((int) ann));
        with(token).post("/v1/sign-out").then().statusCode(204);
        with(token).get("/v1/me").then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
        renew(answer.path("sid")).then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
    }

    @Test
    void aSidGivesANewTokenAndNoOtherTextDoes() {
        String sid = signIn(company, "ann", AccountClient.PASSWORD).extract().path("sid");
        var renewed = renew(sid).then().statusCode(200).body("sid", equalTo("")).extract();
        with(renewed.path("token")).get("/v1/me").then().statusCode(200);
        for (String other : new String[] {sid.substring(1), sid + "A", "' or 1=1 --", "*"}) {
            renew(other).then().statusCode(401);
        }
        renew("").then().statusCode(400);
        renew("A".repeat(65)).then().statusCode(400);
    }

    @Test
    void sessionsAreListedAndRevokedOneByOne() {
        String here = tokenOf(company, "ann");
        String there = tokenOf(company, "ann");
        var list = with(here)
                .get("/v1/sessions")
                .then()
                .statusCode(200)
                .body("$", hasSize(2))
                .extract();
        String other = list.path("find { !it.current }.id");
        assertTrue(list.<String>path("find { it.current }.address").startsWith("127."), list.asString());
        with(here).delete("/v1/sessions/" + other).then().statusCode(204);
        with(there).get("/v1/me").then().statusCode(401);
        with(here).get("/v1/me").then().statusCode(200);
        with(here).delete("/v1/sessions/" + other).then().statusCode(404).body("error", equalTo("SESSION_NOT_FOUND"));
    }

    @Test
    @Tag("RTCPEER-2.0")
    void nobodyRevokesOrSeesTheSessionsOfAnotherWithoutRights() {
        newUser(company, "boss", 2);
        long bob = newUser(company, "bob", 4);
        String mine = tokenOf(company, "ann");
        String id = with(mine).get("/v1/sessions").then().extract().path("[0].id");
        String bobs = tokenOf(company, "bob");
        with(bobs).delete("/v1/sessions/" + id).then().statusCode(404);
        with(bobs).get("/v1/sessions?user=" + ann).then().statusCode(404).body("error", equalTo("USER_NOT_FOUND"));
        String elsewhere = newCompany();
        newUser(elsewhere, "boss", 2);
        with(tokenOf(elsewhere, "boss")).delete("/v1/sessions/" + id).then().statusCode(404);
        with(mine).get("/v1/me").then().statusCode(200);
        String boss = tokenOf(company, "boss");
        with(boss).get("/v1/sessions?user=" + ann).then().statusCode(200).body("id", hasItem(id));
        with(boss).delete("/v1/sessions/" + id).then().statusCode(204);
        with(mine).get("/v1/me").then().statusCode(401);
        assertTrue(bob > ann);
    }

    @Test
    void aSessionThatNobodyUsesIsOverAfterTwelveHours() {
        String sid = signIn(company, "ann", AccountClient.PASSWORD).extract().path("sid");
        QuarkusMock.installMockForType(in(Duration.ofHours(11)), Time.class);
        renew(sid).then().statusCode(200);
        QuarkusMock.installMockForType(in(Duration.ofHours(22)), Time.class);
        renew(sid).then().statusCode(200); // used 11 hours ago
        QuarkusMock.installMockForType(in(Duration.ofHours(35)), Time.class);
        renew(sid).then().statusCode(401);
    }

    @Test
    void aChangeOfLevelCountsAtTheUsersNextCall() {
        String token = tokenOf(company, "ann");
        with(token).get("/v1/audit").then().statusCode(403);
        level(2);
        with(token).get("/v1/audit").then().statusCode(200);
        level(4);
        with(token).get("/v1/audit").then().statusCode(403).body("error", equalTo("NOT_ALLOWED"));
    }

    @Test
    void aDisabledUserOrCompanyNeitherSignsInNorUsesAToken() {
        String token = tokenOf(company, "ann");
        enabled("/v1/companies/" + company + "/users/" + ann, false);
        with(token).get("/v1/me").then().statusCode(401);
        signIn(company, "ann", AccountClient.PASSWORD).statusCode(401).body("error", equalTo("SIGN_IN_FAILED"));
        enabled("/v1/companies/" + company + "/users/" + ann, true);
        with(token).get("/v1/me").then().statusCode(200);
        enabled("/v1/companies/" + company, false);
        with(token).get("/v1/me").then().statusCode(401);
        signIn(company, "ann", AccountClient.PASSWORD).statusCode(401);
    }

    @Test
    void guessesAreCountedByTheAddressThatAServiceTells() {
        String prefix = "2001:db8:0:" + Integer.toHexString((int) (ann % 0xFFFF)) + "::";
        int refused = 0;
        FixedTime.now();
        for (int i = 0; i < 70; i++) { // another account and another address of the same /64 each time
            int status = guess("nobody-" + i, prefix + Integer.toHexString(i + 1));
            if (status == 429) refused++;
        }
        assertEquals(10, refused, "60 wrong passwords a minute are let through");
        assertEquals(401, guess("nobody", "2001:db8:ffff:" + Integer.toHexString((int) (ann % 0xFFFF)) + "::1"));
        given().header("X-Parley-Client-Address", prefix + "1") // who is no service cannot blame another address
                .contentType(ContentType.JSON)
                .body(Map.of("company", company, "account", "ann", "password", AccountClient.PASSWORD))
                .post("/v1/sign-in")
                .then()
                .statusCode(200);
    }

    @Test
    void aFailedGuessOfOneDoesNotHoldUpSomebodyElseAtTheSameAddress() {
        FixedTime.now();
        for (int i = 0; i < 5; i++) signIn(company, "victim", "guess").statusCode(401);
        signIn(company, "victim", "guess").statusCode(429).body("error", equalTo("TOO_MANY"));
        signIn(company, "ann", AccountClient.PASSWORD).statusCode(200);
    }

    private int guess(String account, String address) {
        return service()
                .header("X-Parley-Client-Address", address)
                .body(Map.of("company", company, "account", account, "password", "guess"))
                .post("/v1/sign-in")
                .statusCode();
    }

    private void level(int level) {
        root().body(Map.of("level", level))
                .patch("/v1/companies/" + company + "/users/" + ann)
                .then()
                .statusCode(200);
    }

    private static void enabled(String path, boolean enabled) {
        root().body(Map.of("enabled", enabled)).patch(path).then().statusCode(200);
    }

    private static io.restassured.response.Response renew(String sid) {
        return given().contentType(ContentType.JSON).body(Map.of("sid", sid)).post("/v1/sessions:renew");
    }

    private static Time in(Duration later) {
        return new Time() {
            @Override
            public long nowMs() {
                return System.currentTimeMillis() + later.toMillis();
            }
        };
    }
}
