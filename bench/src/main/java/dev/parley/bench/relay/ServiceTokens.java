package dev.parley.bench.relay;

import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.account.TokenClaims;
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
import java.util.Arrays;
import java.util.Base64;

/** The part of account that a relay needs to work alone: a key set over HTTP and tokens signed by its key, made for this run. */
final class ServiceTokens implements AutoCloseable {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final long VALID_S = 6 * 3_600;

    private final KeyPair pair;
    private final HttpServer server;

    ServiceTokens() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no P-256", e);
        }
        byte[] keys = keySet((ECPublicKey) pair.getPublic()).getBytes(StandardCharsets.UTF_8);
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
        long now = System.currentTimeMillis() / 1_000;
        String head = part("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"bench\"}");
        String claims =
                part("{\"iss\":\"%s\",\"sub\":\"bench\",\"upn\":\"bench\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                        .formatted(TokenClaims.ISSUER, TokenClaims.SERVICE, now - 60, now + VALID_S));
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return head + "." + claims + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no ECDSA", e);
        }
    }

    private static String keySet(ECPublicKey key) {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"bench\",\"x\":\"%s\",\"y\":\"%s\"}]}"
                .formatted(number(key.getW().getAffineX()), number(key.getW().getAffineY()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int take = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - take, fixed, 32 - take, take);
        return URL.encodeToString(Arrays.copyOf(fixed, 32));
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
