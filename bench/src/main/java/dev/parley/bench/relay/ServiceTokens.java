package dev.parley.bench.relay;

import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.account.TokenClaims;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The part of account that a relay needs to work alone: a key set over HTTP and tokens signed by its key, made for this run. */
final class ServiceTokens implements AutoCloseable {
    private static final long VALID_S = 6 * 3_600;

    private final EllipticCurveJsonWebKey key;
    private final HttpServer server;

    ServiceTokens() throws IOException {
        try {
            key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException("the JDK has no P-256", e);
        }
        key.setKeyId("bench");
        key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        byte[] keys =
                new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/jwks.json", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    /** What the relay is told as account's address. */
    String accountUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String serviceToken() {
        var claims = new JwtClaims();
        claims.setIssuer(TokenClaims.ISSUER);
        claims.setSubject("bench");
        claims.setClaim("upn", "bench");
        claims.setStringListClaim("groups", TokenClaims.SERVICE);
        claims.setIssuedAt(NumericDate.fromMilliseconds(System.currentTimeMillis() - 60_000));
        claims.setExpirationTime(NumericDate.fromMilliseconds(System.currentTimeMillis() + VALID_S * 1_000));
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

    @Override
    public void close() {
        server.stop(0);
    }
}
