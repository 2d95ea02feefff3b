package dev.parley.account.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;

/** A company of its own with an administrator, an application and a credential. @param boss the administrator's token */
record TestCredential(String company, String boss, String bizName, String appId, String secret) {
    static TestCredential make() {
        String company = AccountClient.newCompany();
        AccountClient.newUser(company, "boss", 2);
        String boss = AccountClient.tokenOf(company, "boss");
        String bizName = AccountClient.with(boss)
                .body(Map.of("name", "Credentials " + UUID.randomUUID()))
                .post("/v1/applications")
                .then()
                .statusCode(201)
                .extract()
                .path("application.bizName");
        var made = AccountClient.with(boss)
                .body(Map.of("name", "server"))
                .post("/v1/applications/" + bizName + "/credentials")
                .then()
                .statusCode(201)
                .extract();
        return new TestCredential(company, boss, bizName, made.path("appId"), made.path("secret"));
    }

    String path() {
        return "/v1/applications/" + bizName + "/credentials";
    }

    static ValidatableResponse sign(String appId, String secret) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("appId", appId, "secret", secret))
                .post("/v1/api-signs")
                .then();
    }
}
