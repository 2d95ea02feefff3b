package dev.parley.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The two things of account that every service uses, over real HTTP: the JWKS by which it checks tokens and the token endpoint where it
 * gets its own. Argument {@code client}: the name under which the service asks. The key is made at each start.
 */
public final class TestAccount implements QuarkusTestResourceLifecycleManager {
    private static final String SECRET = "secret-of-the-test";

    private static EllipticCurveJsonWebKey key;

    private String client = "";
    private HttpServer server;

    @Override
    public void init(Map<String, String> initArgs) {
        client = initArgs.get("client");
    }

    @Override
    public Map<String, String> start() {
        try {
            key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("test");
            key.setUse(Use.SIGNATURE);
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JoseException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/jwks.json", exchange -> answer(exchange, 200, jwks()));
        server.createContext("/oauth2/token", this::token);
        server.start();
        // Quarkus loads the test class with another class loader than this one.
        System.setProperty("test.account.service-token", jwt("service", 600));
        System.setProperty("test.account.user-token", jwt("user", 600));
        System.setProperty("test.account.expired-token", jwt("service", -600));
        return Map.of(
                "PARLEY_ACCOUNT_URL",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "PARLEY_SERVICE_SECRET",
                SECRET);
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    public static String serviceToken() {
        return System.getProperty("test.account.service-token");
    }

    public static String userToken() {
        return System.getProperty("test.account.user-token");
    }

    public static String expiredToken() {
        return System.getProperty("test.account.expired-token");
    }

    private void token(HttpExchange exchange) throws IOException {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((client + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !body.contains("grant_type=client_credentials"))
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        else
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"" + serviceToken() + "\",\"token_type\":\"Bearer\",\"expires_in\":600}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String jwks() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static String jwt(String group, long seconds) {
        var claims = new JwtClaims();
        claims.setIssuer("parley");
        claims.setSubject("tester");
        claims.setClaim("upn", "tester");
        claims.setStringListClaim("groups", group);
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromMilliseconds(System.currentTimeMillis() - 1_000_000));
        claims.setExpirationTime(NumericDate.fromMilliseconds(System.currentTimeMillis() + seconds * 1_000));
        var signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(key.getPrivateKey());
        signed.setKeyIdHeaderValue(key.getKeyId());
        signed.setHeader("typ", "JWT");
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the JDK has no ECDSA", e);
        }
    }
}
