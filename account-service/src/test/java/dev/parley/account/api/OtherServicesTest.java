package dev.parley.account.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.account.domain.Grant;
import dev.parley.testsupport.RealParts;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The two halves of docs/internals.md "Service tokens" as the other services run them: Quarkus' OIDC client and SmallRye JWT. */
@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class OtherServicesTest {
    @Inject
    OidcClients oidcClients;

    @Inject
    Tokens tokens;

    @ConfigProperty(name = "PARLEY_SERVICE_SECRET")
    String serviceSecret;

    @TestHTTPResource("/")
    URI base;

    @Test
    void aServiceGetsItsTokenThroughQuarkusOidcClientAndIsLetIn() throws Exception {
        var config = OidcClientConfig.authServerUrl(base.toString().replaceAll("/$", ""))
                .id("signaling")
                .discoveryEnabled(false)
                .tokenPath("/oauth2/token")
                .clientId("signaling")
                .credentials(serviceSecret)
                .build();
        var client = oidcClients.newClient(config).await().atMost(Duration.ofSeconds(60));
        try (client) {
            String token =
                    client.getTokens().await().atMost(Duration.ofSeconds(60)).getAccessToken();
            assertEquals("signaling", verifier().parse(token).getSubject());
            given().auth()
                    .preemptive()
                    .oauth2(token)
                    .get("/v1/applications/demo")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void aVerifierThatReadTheKeySetOnceKnowsTheKeyThatARotationAppoints() throws Exception {
        var verifier = verifier();
        String before = tokens.issue(Grant.service("vod")).token();
        verifier.parse(before); // reads the key set
        var later = new Time() {
            @Override
            public long nowMs() {
                return System.currentTimeMillis() + Duration.ofMinutes(11).toMillis();
            }
        };
        QuarkusMock.installMockForType(later, Time.class);
        given().auth()
                .preemptive()
                .oauth2(AccountClient.rootToken())
                .post("/v1/keys:rotate")
                .then()
                .statusCode(200);
        String after = tokens.issue(Grant.service("vod")).token();
        assertNotEquals(kid(before), kid(after));
        verifier.parse(after); // no second read: what was read may be kept for 5 minutes
        verifier.parse(before);
    }

    private DefaultJWTParser verifier() {
        var context =
                new JWTAuthContextInfo(base.resolve("/.well-known/jwks.json").toString(), "parley");
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        context.setJwksRefreshInterval(60);
        context.setForcedJwksRefreshInterval(60);
        return new DefaultJWTParser(context);
    }

    private static String kid(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    }
}
