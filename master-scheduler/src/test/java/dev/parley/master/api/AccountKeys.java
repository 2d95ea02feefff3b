package dev.parley.master.api;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;

/** Account's key set over HTTP with a key made for the run; tests get tokens under it. The tokens travel to the test as settings. */
public final class AccountKeys implements QuarkusTestResourceLifecycleManager {
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            KeyPair pair = newPair();
            var jwk = new EllipticCurveJsonWebKey((ECPublicKey) pair.getPublic());
            jwk.setKeyId("test");
            jwk.setAlgorithm("ES256");
            byte[] body = new JsonWebKeySet(jwk)
                    .toJson(OutputControlLevel.PUBLIC_ONLY)
                    .getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/jwks.json", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "PARLEY_ACCOUNT_URL",
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                    "test.token.service", token(pair, "service", "parley"),
                    "test.token.root", token(pair, "root", "parley"),
                    "test.token.admin", token(pair, "admin", "parley"),
                    "test.token.user", token(pair, "user", "parley"),
                    "test.token.foreign", token(pair, "service", "someone-else"),
                    "test.token.forged", token(newPair(), "service", "parley"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) server.stop(0);
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String token(KeyPair pair, String group, String issuer) {
        return Jwt.claims()
                .issuer(issuer)
                .subject("test")
                .groups(Set.of(group))
                .expiresIn(600)
                .jws()
                .keyId("test")
                .algorithm(SignatureAlgorithm.ES256)
                .sign(pair.getPrivate());
    }
}
