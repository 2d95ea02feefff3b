package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.PASSWORD;
import static dev.parley.account.api.AccountClient.newCompany;
import static dev.parley.account.api.AccountClient.newUser;
import static dev.parley.account.api.AccountClient.root;
import static dev.parley.account.api.AccountClient.signIn;
import static dev.parley.account.api.AccountClient.tokenOf;
import static dev.parley.account.api.AccountClient.with;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class UsersTest {
    private String company;
    private String users;
    private String bossToken;
    private long bossId;

    @BeforeEach
    void aCompanyWithAnAdministrator() {
        company = newCompany();
        users = "/v1/companies/" + company + "/users";
        bossId = newUser(company, "boss", 2);
        bossToken = tokenOf(company, "boss");
    }

    @Test
    @Tag("RTCPEER-2.27")
    void aNewAccountSignsInWithTheGivenPasswordAndATakenOneStaysAsItIs() {
        add(Map.of("account", "ann", "password", PASSWORD, "name", "Ann", "email", "ann@example.com"))
                .statusCode(201)
                .body("level", equalTo(4))
                .body("company", equalTo(company))
                .body("email", equalTo("ann@example.com"));
        add(Map.of("account", "ann", "password", "another horse 8", "name", "Other"))
                .statusCode(409)
                .body("error", equalTo("NAME_TAKEN"));
        signIn(company, "ann", PASSWORD).statusCode(200).body("user.name", equalTo("Ann"));
        signIn(company, "ann", "another horse 8").statusCode(401);
    }

    @Test
    void anAccountIsUniqueInItsCompanyOnly() {
        String other = newCompany();
        long here = newUser(company, "ann", 4);
        long there = newUser(other, "ann", 4);
        assertTrue(here != there);
        String token = tokenOf(other, "ann");
        with(token).get("/v1/me").then().body("id", equalTo((int) there)).body("company", equalTo(other));
    }

    @Test
    @Tag("RTCPEER-2.28")
    @Tag("RTCPEER-8A")
    void aUserChangesWhatIsGivenAndKeepsTheRest() {
        long ann = newUser(company, "ann", 4);
        var own = with(tokenOf(company, "ann"));
        own.body(Map.of("phone", "+86 10 1234-5678", "job", "坐席", "name", "安 👩‍💻"))
                .patch(users + "/" + ann)
                .then()
                .statusCode(200)
                .body("phone", equalTo("+86 10 1234-5678"))
                .body("name", equalTo("安 👩‍💻"));
        String all = boss().body(Map.of("address", "1 Main Street", "photo", "https://example.com/a.png"))
                .patch(users + "/" + ann)
                .then()
                .statusCode(200)
                .body("phone", equalTo("+86 10 1234-5678"))
                .body("job", equalTo("坐席"))
                .body("address", equalTo("1 Main Street"))
                .extract()
                .asString();
        assertFalse(all.toLowerCase().contains("password"), all);
        assertFalse(all.contains("$2"), all);
    }

    @Test
    @Tag("RTCPEER-2.0")
    void rightsAreSomebodyElsesToGive() {
        long ann = newUser(company, "ann", 4);
        String own = tokenOf(company, "ann");
        with(own)
                .body(Map.of("level", 2))
                .patch(users + "/" + ann)
                .then()
                .statusCode(403)
                .body("error", equalTo("NOT_ALLOWED"));
        with(own)
                .body(Map.of("name", "x"))
                .patch(users + "/" + bossId)
                .then()
                .statusCode(404)
                .body("error", equalTo("USER_NOT_FOUND"));
        boss().body(Map.of("level", 4)).patch(users + "/" + bossId).then().statusCode(403);
        boss().body(Map.of("enabled", false)).patch(users + "/" + bossId).then().statusCode(403);
        boss().delete(users + "/" + bossId).then().statusCode(403);
        boss().body(Map.of("level", 1)).patch(users + "/" + ann).then().statusCode(403);
        root().body(Map.of("level", 1))
                .patch(users + "/" + ann)
                .then()
                .statusCode(403)
                .body("message", containsString("operator"));
        for (int none : new int[] {0, 3, 6, -1}) {
            boss().body(Map.of("level", none))
                    .patch(users + "/" + ann)
                    .then()
                    .statusCode(400)
                    .body("message", containsString("level"));
        }
        boss().get(users + "/" + ann).then().body("level", equalTo(4)).body("name", equalTo("ann"));
    }

    @Test
    @Tag("RTCPEER-2.0")
    void anAdministratorReachesNoOtherCompany() {
        String other = newCompany();
        long ann = newUser(other, "ann", 4);
        String there = "/v1/companies/" + other;
        for (var response : new io.restassured.response.Response[] {
            boss().get(there),
            boss().get(there + "/users"),
            boss().get(there + "/users/" + ann),
            boss().body(Map.of("name", "x")).patch(there + "/users/" + ann),
            boss().body(Map.of("name", "x")).patch(there),
            boss().body(Map.of("account", "x", "password", PASSWORD, "name", "x"))
                    .post(there + "/users"),
            boss().body(Map.of("password", "another horse 8")).post(there + "/users/" + ann + ":resetPassword"),
            boss().delete(there + "/users/" + ann),
            boss().get(users + "/" + ann), // the right company, the wrong user
            boss().delete(users + "/" + ann),
        }) {
            assertEquals(404, response.statusCode(), response.asString());
        }
        signIn(other, "ann", PASSWORD).statusCode(200).body("user.name", equalTo("ann"));
        with(tokenOf(other, "ann")).get("/v1/companies/" + company).then().statusCode(404);
    }

    @Test
    @Tag("RTCPEER-2.29")
    void aDeletedUserIsGoneWithAllSessionsAndTheAccountIsFree() {
        long ann = newUser(company, "ann", 4);
        String token = tokenOf(company, "ann");
        boss().delete(users + "/" + ann).then().statusCode(204);
        with(token).get("/v1/me").then().statusCode(401);
        signIn(company, "ann", PASSWORD).statusCode(401);
        boss().delete(users + "/" + ann).then().statusCode(404);
        assertTrue(newUser(company, "ann", 4) > ann, "a number is not used twice");
    }

    @Test
    @Tag("RTCPEER-2.34")
    void aChangedPasswordNeedsTheOldOneAndEndsTheOtherSessions() {
        newUser(company, "ann", 4);
        String here = tokenOf(company, "ann");
        String there = tokenOf(company, "ann");
        change(here, "wrong horse 7", "another horse 8").statusCode(403).body("error", equalTo("PASSWORD_WRONG"));
        signIn(company, "ann", PASSWORD).statusCode(200);
        change(here, PASSWORD, "another horse 8").statusCode(204);
        signIn(company, "ann", PASSWORD).statusCode(401);
        signIn(company, "ann", "another horse 8").statusCode(200);
        with(there).get("/v1/me").then().statusCode(401);
        with(here).get("/v1/me").then().statusCode(200);
    }

    @Test
    void theOldPasswordCannotBeGuessedByChangingIt() {
        newUser(company, "ann", 4);
        String token = tokenOf(company, "ann");
        FixedTime.now();
        for (int i = 0; i < 5; i++)
            change(token, "guess " + i, "another horse 8").statusCode(403);
        change(token, PASSWORD, "another horse 8").statusCode(429).body("error", equalTo("TOO_MANY"));
    }

    @Test
    @Tag("RTCPEER-2.35")
    void onlyAnAdministratorResetsAPasswordAndNotTheOwn() {
        long ann = newUser(company, "ann", 4);
        newUser(company, "bob", 4);
        String token = tokenOf(company, "ann");
        reset(with(tokenOf(company, "bob")), ann).statusCode(403).body("error", equalTo("NOT_ALLOWED"));
        reset(with(token), ann).statusCode(403);
        reset(boss(), bossId).statusCode(403);
        signIn(company, "ann", PASSWORD).statusCode(200);
        reset(boss(), ann).statusCode(204);
        with(token).get("/v1/me").then().statusCode(401);
        signIn(company, "ann", PASSWORD).statusCode(401);
        signIn(company, "ann", "another horse 8").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short 7",
                "12345678 and so on, until it is too long for bcrypt, which reads seventy-two bytes",
                "aaaaaaaa",
                "annannann1"
            })
    void aWeakPasswordIsRefused(String password) {
        add(Map.of("account", "annannann1", "password", password, "name", "Ann"))
                .statusCode(400)
                .body("error", equalTo("PASSWORD_WEAK"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account | ''",
                "account | a b",
                "account | a\u0000b",
                "account | 👩",
                "account | a;b",
                "account | a'b",
                "account | a)(uid=*",
                "account | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "name | ''",
                "name | a\u0007b",
                "name | a\u202Eb",
                "name | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "email | nobody",
                "email | a@b@c",
                "email | a b@c",
                "phone | 12a",
                "photo | javascript:alert(1)",
                "address | 'a\nb'",
            })
    void aFieldThatIsNotWhatItMustBeIsNamed(String field, String value) {
        var user = new HashMap<String, Object>(Map.of("account", "ann", "password", PASSWORD, "name", "Ann"));
        user.put(field, value);
        add(user).statusCode(400).body("error", equalTo("BAD_REQUEST")).body("message", containsString(field));
    }

    @Test
    void halfAnEmojiIsNoText() {
        boss().body("{\"account\":\"ann\",\"password\":\"" + PASSWORD + "\",\"name\":\"a\\ud83d\"}")
                .post(users)
                .then()
                .statusCode(400)
                .body("message", containsString("name"));
    }

    @Test
    void whatLooksLikeSqlIsAName() {
        String text = "x'; drop table person; --";
        add(Map.of("account", "robert", "password", PASSWORD, "name", text))
                .statusCode(201)
                .body("name", equalTo(text));
        boss().queryParam("text", "'; drop").get(users).then().statusCode(200).body("users", hasSize(1));
        boss().queryParam("text", "%").get(users).then().statusCode(200).body("users", hasSize(0));
    }

    @Test
    @Tag("RTCPEER-2.26")
    @Tag("RTCPEER-2.23a")
    void aSearchGivesPagesThatDoNotOverlapAndNobodyOfAnotherCompany() {
        newUser(newCompany(), "user-x", 4);
        for (int i = 0; i < 7; i++) newUser(company, "user-" + i, i < 5 ? 4 : 5);
        var seen = new ArrayList<String>();
        for (int page = 0; page < 3; page++) {
            var found = boss().get(users + "?page=" + page + "&pageSize=3")
                    .then()
                    .statusCode(200)
                    .extract();
            assertEquals(8, found.<Integer>path("totalCount"));
            assertEquals(3, found.<Integer>path("totalPage"));
            seen.addAll(found.path("users.account"));
        }
        assertEquals(8, seen.size());
        assertEquals(8, new HashSet<>(seen).size());
        boss().get(users + "?page=3&pageSize=3")
                .then()
                .statusCode(200)
                .body("users", hasSize(0))
                .body("totalCount", equalTo(8));
        boss().get(users + "?text=USER-&level=5").then().body("users", hasSize(2));
        boss().get(users + "?page=-1").then().statusCode(400).body("message", containsString("page"));
        boss().get(users + "?pageSize=201").then().statusCode(400).body("message", containsString("pageSize"));
        boss().get(users + "?page=x").then().statusCode(404);
        with(tokenOf(company, "user-0")).get(users).then().statusCode(200);
        with(tokenOf(company, "user-6")).get(users).then().statusCode(403);
    }

    @Test
    void aCompanyIsMadeChangedAndDeletedByTheOperatorAlone() {
        String id = newCompany();
        root().body(Map.of("id", id))
                .post("/v1/companies")
                .then()
                .statusCode(409)
                .body("error", equalTo("NAME_TAKEN"));
        boss().body(Map.of("id", "mine")).post("/v1/companies").then().statusCode(403);
        for (String bad : new String[] {"a@b", "a b", "", "a/b"}) {
            root().body(Map.of("id", bad))
                    .post("/v1/companies")
                    .then()
                    .statusCode(400)
                    .body("message", containsString("id"));
        }
        boss().body(Map.of("name", "Ours", "email", "us@example.com"))
                .patch("/v1/companies/" + company)
                .then()
                .statusCode(200)
                .body("name", equalTo("Ours"));
        boss().body(Map.of("enabled", false))
                .patch("/v1/companies/" + company)
                .then()
                .statusCode(403);
        root().delete("/v1/companies/" + company).then().statusCode(409).body("error", equalTo("COMPANY_IN_USE"));
        root().delete("/v1/companies/operator").then().statusCode(409);
        root().delete("/v1/companies/" + id).then().statusCode(204);
        root().delete("/v1/companies/" + id).then().statusCode(404).body("error", equalTo("COMPANY_NOT_FOUND"));
        root().body(Map.of("account", "x", "password", PASSWORD, "name", "x"))
                .post("/v1/companies/" + id + "/users")
                .then()
                .statusCode(404)
                .body("error", equalTo("COMPANY_NOT_FOUND"));
    }

    /** A new one each time: a specification keeps body and parameters. */
    private RequestSpecification boss() {
        return with(bossToken);
    }

    private ValidatableResponse add(Map<String, Object> user) {
        return boss().body(user).post(users).then();
    }

    private static ValidatableResponse change(String token, String old, String password) {
        return with(token)
                .body(Map.of("oldPassword", old, "password", password))
                .post("/v1/me:changePassword")
                .then();
    }

    private ValidatableResponse reset(RequestSpecification by, long user) {
        return by.body(Map.of("password", "another horse 8"))
                .post(users + "/" + user + ":resetPassword")
                .then();
    }
}
