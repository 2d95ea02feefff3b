package dev.parley.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * The two things of account that every service uses, over real HTTP: the JWKS by which it checks tokens and the token endpoint where it
 * gets its own. Argument {@code client}: the name under which the service asks. The key is made at each start.
 */
public final class TestAccount implements QuarkusTestResourceLifecycleManager {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String SECRET = "secret-of-the-test";

    private static KeyPair key;

    private String client = "";
    private HttpServer server;

    @Override
    public void init(Map<String, String> initArgs) {
        client = initArgs.get("client");
    }

    @Override
    public Map<String, String> start() {
        try {
            key = ec();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | GeneralSecurityException e) {
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
        var point = ((ECPublicKey) key.getPublic()).getW();
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"test\",\"x\":\""
                + number(point.getAffineX()) + "\",\"y\":\"" + number(point.getAffineY()) + "\"}]}";
    }

    /** 32 bytes, unsigned (RFC 7518 section 6.2.1.2). */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return BASE64.encodeToString(fixed);
    }

    private static KeyPair ec() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String jwt(String group, long seconds) {
        long now = System.currentTimeMillis() / 1_000;
        String head = text("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"test\"}");
        String body = text("{\"iss\":\"parley\",\"sub\":\"tester\",\"upn\":\"tester\",\"jti\":\"" + now + group
                + "\",\"groups\":[\"" + group + "\"],\"iat\":" + (now - 1_000) + ",\"exp\":" + (now + seconds) + "}");
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update((head + "." + body).getBytes(StandardCharsets.US_ASCII));
            return head + "." + body + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
