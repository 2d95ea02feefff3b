package dev.parley.account.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Permissions;
import dev.parley.account.domain.Permissions.Reach;
import dev.parley.account.domain.Role;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every cell of the permission table, asked for over HTTP with a token of the role. */
@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class PermissionMatrixTest {
    /** Whom the request is about does not exist, so that it changes nothing and may be made by everybody. */
    private record Request(String method, String path, String body) {}

    private static final String BAD = "{}";
    private static final String NOBODY = "/v1/companies/no-such/users/0";
    private static final String NO_APP = "/v1/applications/nosuchbiz";

    private static Request request(Operation operation) {
        return switch (operation) {
            case SIGN_IN -> new Request("POST", "/v1/sign-in", BAD);
            case RENEW_TOKEN -> new Request("POST", "/v1/sessions:renew", BAD);
            case GET_GUEST_TOKEN -> new Request("POST", "/v1/guest-tokens", BAD);
            case GET_SERVICE_TOKEN -> null; // speaks OAuth and another media type
            case READ_KEY_SET -> new Request("GET", "/.well-known/jwks.json", null);
            case GET_API_SIGN -> new Request("POST", "/v1/api-signs", BAD);
            case DOCKING_LOGIN -> new Request("POST", "/v1/docking-logins", BAD);
            case READ_OWN_ACCOUNT -> new Request("GET", "/v1/me", null);
            case CHANGE_OWN_PASSWORD -> new Request("POST", "/v1/me:changePassword", BAD);
            case SIGN_OUT -> null; // would end the session of the test
            case LIST_SESSIONS -> new Request("GET", "/v1/sessions?user=0", null);
            case REVOKE_SESSION -> new Request("DELETE", "/v1/sessions/none", null);
            case LIST_COMPANIES -> new Request("GET", "/v1/companies", null);
            case READ_COMPANY -> new Request("GET", "/v1/companies/no-such", null);
            case CREATE_COMPANY -> new Request("POST", "/v1/companies", BAD);
            case CHANGE_COMPANY -> new Request("PATCH", "/v1/companies/no-such", BAD);
            case DELETE_COMPANY -> new Request("DELETE", "/v1/companies/no-such", null);
            case SEARCH_USERS -> new Request("GET", "/v1/companies/no-such/users", null);
            case READ_USER -> new Request("GET", NOBODY, null);
            case CREATE_USER -> new Request("POST", "/v1/companies/no-such/users", BAD);
            case CHANGE_USER -> new Request("PATCH", NOBODY, BAD);
            case SET_LEVEL -> null; // a field of CHANGE_USER: UsersTest
            case DELETE_USER -> new Request("DELETE", NOBODY, null);
            case RESET_PASSWORD -> new Request("POST", NOBODY + ":resetPassword", BAD);
            case READ_APPLICATION -> new Request("GET", NO_APP, null);
            case CREATE_APPLICATION -> new Request("POST", "/v1/applications", BAD);
            case CHANGE_APPLICATION -> new Request("PATCH", NO_APP, BAD);
            case TEST_CALLBACK -> new Request("POST", NO_APP + ":testCallback", BAD);
            case READ_APPLICATION_KEYS -> new Request("GET", NO_APP + "/keys", null);
            case CHANGE_APPLICATION_KEYS -> new Request("POST", NO_APP + "/keys", BAD);
            case READ_CREDENTIALS -> new Request("GET", NO_APP + "/credentials", null);
            case CHANGE_CREDENTIALS -> new Request("POST", NO_APP + "/credentials", BAD);
            case MAKE_SIGNATURE -> new Request("POST", NO_APP + "/signatures", BAD);
            case VERIFY_SIGNATURE -> new Request("POST", NO_APP + "/signatures:verify", BAD);
            case GET_ROOM_TOKEN -> new Request("POST", "/v1/room-tokens", BAD);
            case CHECK_SIGNATURE -> new Request("POST", "/v1/signatures:check", BAD);
            case CHECK_CREDENTIAL -> new Request("POST", "/v1/api-signs:check", BAD);
            case READ_ROOMS -> new Request("GET", "/v1/console/rooms", null);
            case MODERATE_ROOM -> new Request("POST", "/v1/console/rooms/none:end", null);
            case READ_NODES -> new Request("GET", "/v1/console/nodes", null);
            case DRAIN_NODE -> new Request("POST", "/v1/console/nodes/none:drain", null);
            case READ_RECORDINGS -> new Request("GET", "/v1/console/recordings/none", null);
            case CHANGE_RECORDING -> new Request("DELETE", "/v1/console/recordings/none", null);
            case READ_AUDIT -> new Request("GET", "/v1/audit", null);
            case READ_TOKEN_KEYS -> new Request("GET", "/v1/keys", null);
            case ROTATE_TOKEN_KEYS -> null; // has no harmless form: AccountApiTest
        };
    }

    @Test
    @Tag("RTCPEER-2.0")
    void everyCellOfThePermissionTableHoldsOverHttp() {
        var tokens = tokens();
        var wrong = new ArrayList<String>();
        int cells = 0;
        for (var operation : Operation.values()) {
            var request = request(operation);
            if (request == null) continue;
            for (var role : Role.values()) {
                if (role == Role.APPLICATION) continue; // signs each call: CredentialsTest
                cells++;
                var response = as(tokens.get(role), request).request(request.method, request.path);
                String error =
                        response.statusCode() < 400 || response.asString().isEmpty()
                                ? ""
                                : String.valueOf(response.<Object>path("error"));
                boolean refused = Set.of("TOKEN_INVALID", "NOT_ALLOWED").contains(error);
                boolean wanted = Permissions.of(role, operation) == Reach.NONE;
                if (refused != wanted || refused && role == Role.ANYONE != error.equals("TOKEN_INVALID")) {
                    wrong.add(role + " " + operation + " got " + response.statusCode() + " " + error);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals((Operation.values().length - 4) * (Role.values().length - 1), cells);
    }

    @Test
    void everyEndpointNamesItsLineOfTheTable() throws Exception {
        var folder = java.nio.file.Path.of("target", "classes", "dev", "parley", "account", "api");
        int endpoints = 0;
        try (var files = java.nio.file.Files.list(folder)) {
            for (var file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith("Resource.class")) continue;
                var resource = Class.forName("dev.parley.account.api." + name.replace(".class", ""));
                for (var method : resource.getDeclaredMethods()) {
                    boolean endpoint = java.util.Arrays.stream(method.getAnnotations())
                            .anyMatch(a -> a.annotationType().isAnnotationPresent(jakarta.ws.rs.HttpMethod.class));
                    if (!endpoint) continue;
                    endpoints++;
                    assertNotNull(method.getAnnotation(Needs.class), method.toString());
                }
            }
        }
        assertTrue(endpoints >= Operation.values().length - 2, "found " + endpoints);
    }

    private static RequestSpecification as(String token, Request request) {
        var spec = given();
        if (token != null) spec = spec.auth().preemptive().oauth2(token);
        return request.body == null ? spec : spec.contentType(ContentType.JSON).body(request.body);
    }

    private static Map<Role, String> tokens() {
        String company = AccountClient.newCompany();
        AccountClient.newUser(company, "admin", 2);
        AccountClient.newUser(company, "user", 4);
        AccountClient.newUser(company, "participant", 5);
        var tokens = new EnumMap<Role, String>(Role.class);
        tokens.put(Role.ROOT, AccountClient.rootToken());
        tokens.put(Role.ADMIN, AccountClient.tokenOf(company, "admin"));
        tokens.put(Role.USER, AccountClient.tokenOf(company, "user"));
        tokens.put(Role.PARTICIPANT, AccountClient.tokenOf(company, "participant"));
        tokens.put(Role.SERVICE, AccountClient.serviceToken());
        tokens.put(
                Role.GUEST,
                given().contentType(ContentType.JSON)
                        .body("{\"bizName\":\"\",\"displayName\":\"Ann\",\"room\":\"\"}")
                        .post("/v1/guest-tokens")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("token"));
        return tokens;
    }
}
