package dev.parley.account.api;

import static dev.parley.account.api.AccountClient.PASSWORD;
import static dev.parley.account.api.AccountClient.newCompany;
import static dev.parley.account.api.AccountClient.newUser;
import static dev.parley.account.api.AccountClient.root;
import static dev.parley.account.api.AccountClient.signIn;
import static dev.parley.account.api.AccountClient.tokenOf;
import static dev.parley.account.api.AccountClient.with;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class AuditTest {
    @Inject
    DataSource database;

    @Test
    void whatSomebodyDidIsWrittenWithWhoWhenWhereAndWhatBecameOfIt() {
        String company = newCompany();
        newUser(company, "boss", 2);
        long ann = newUser(company, "ann", 4);
        long before = System.currentTimeMillis();
        String boss = tokenOf(company, "boss");
        with(boss)
                .body(Map.of("password", "another horse 8"))
                .post("/v1/companies/" + company + "/users/" + ann + ":resetPassword");
        with(boss).delete("/v1/companies/" + company + "/users/0");
        var page =
                with(boss).get("/v1/audit?pageSize=200").then().statusCode(200).extract();
        Map<String, Object> reset = page.path("entries.find { it.operation == 'RESET_PASSWORD' }");
        assertEquals("boss@" + company, reset.get("actor"));
        assertEquals("ADMIN", reset.get("role"));
        assertEquals(204, reset.get("status"));
        assertEquals("user " + ann + " ann@" + company, reset.get("target"));
        assertTrue(reset.get("address").toString().startsWith("127."), reset.toString());
        assertTrue((Long) reset.get("atMs") >= before, reset.toString());
        Map<String, Object> delete = page.path("entries.find { it.operation == 'DELETE_USER' }");
        assertEquals("USER_NOT_FOUND", delete.get("code"));
        assertEquals(404, delete.get("status"));
        assertFalse(page.asString().contains("another horse"), "no secret");
        assertFalse(page.asString().contains(PASSWORD), "no secret");
    }

    @Test
    void signingInIsWrittenWhetherItWentWellOrNot() {
        String company = newCompany();
        newUser(company, "boss", 2);
        signIn(company, "boss", "wrong").statusCode(401);
        String boss = tokenOf(company, "boss");
        List<Integer> statuses = with(boss)
                .get("/v1/audit")
                .then()
                .extract()
                .path("entries.findAll { it.operation == 'SIGN_IN' && it.actor == 'boss@" + company + "' }.status");
        assertEquals(List.of(200, 401), statuses, "newest first");
    }

    @Test
    void anAttemptWithoutRightsIsWritten() {
        String company = newCompany();
        newUser(company, "boss", 2);
        newUser(company, "ann", 4);
        with(tokenOf(company, "ann"))
                .delete("/v1/companies/" + company + "/users/0")
                .then()
                .statusCode(403);
        with(tokenOf(company, "boss"))
                .get("/v1/audit")
                .then()
                .body("entries.find { it.operation == 'DELETE_USER' }.actor", equalTo("ann@" + company))
                .body("entries.find { it.operation == 'DELETE_USER' }.code", equalTo("NOT_ALLOWED"));
    }

    @Test
    void anAdministratorReadsTheOwnCompanysLinesOnlyAndTheOperatorAll() {
        String one = newCompany();
        String other = newCompany();
        newUser(one, "boss", 2);
        newUser(other, "boss", 2);
        List<String> companies = with(tokenOf(one, "boss"))
                .get("/v1/audit?pageSize=200")
                .then()
                .extract()
                .path("entries.company");
        assertEquals(List.of(one), companies.stream().distinct().toList());
        List<String> all = root().get("/v1/audit?pageSize=200").then().extract().path("entries.company");
        assertTrue(all.contains(one) && all.contains(other), all.toString());
    }

    @Test
    void pagesGoBackInTimeWithoutAHoleAlthoughNewLinesCome() {
        String company = newCompany();
        newUser(company, "boss", 2);
        for (int i = 0; i < 5; i++) newUser(company, "user-" + i, 4);
        String boss = tokenOf(company, "boss");
        var seen = new ArrayList<Number>();
        long next = 0;
        int pages = 0;
        do {
            var page = with(boss)
                    .get("/v1/audit?pageSize=2&before=" + next)
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("entries.id"));
            next = page.jsonPath().getLong("next");
            newUser(company, "later-" + pages, 4);
            pages++;
        } while (next != 0 && pages < 20);
        assertEquals(seen.size(), new HashSet<>(seen).size());
        assertTrue(seen.size() >= 7, seen.toString()); // boss, five users, the sign-in
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update account.audit_entry set actor = 'nobody'",
                "delete from account.audit_entry",
                "truncate account.audit_entry cascade",
                "update account.audit_outcome set status = 200",
                "delete from account.audit_outcome",
                "truncate account.audit_outcome"
            })
    void postgresqlRefusesToChangeOrForgetALine(String statement) throws SQLException {
        newCompany(); // so that there is a line
        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            var refused = assertThrows(SQLException.class, () -> sql.execute(statement));
            assertTrue(refused.getMessage().contains("append-only"), refused.getMessage());
        }
    }
}
