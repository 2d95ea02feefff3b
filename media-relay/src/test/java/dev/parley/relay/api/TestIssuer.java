package dev.parley.relay.api;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** The part of account that the relay needs: a key set at /.well-known/jwks.json, with a key made for this run, and tokens signed by it. */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    /** Quarkus loads this class twice; the key is handed over as a property of the JVM. */
    private static final String KEY = "parley.test.issuer-key";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            System.setProperty(
                    KEY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            byte[] keys = keySet((ECPublicKey) pair.getPublic()).getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/jwks.json", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "PARLEY_ACCOUNT_URL",
                    "http://127.0.0.1:" + server.getAddress().getPort());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) server.stop(0);
    }

    /** A token with this group, good for so many seconds (negative: expired). */
    static String token(String group, long seconds) {
        long now = System.currentTimeMillis() / 1_000;
        String head = part("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        String claims = part("{\"iss\":\"parley\",\"sub\":\"signaling\",\"upn\":\"signaling\",\"groups\":[\"" + group
                + "\"],\"iat\":" + (now - 1000) + ",\"exp\":" + (now + seconds) + "}");
        try {
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty(KEY))));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return head + "." + claims + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keySet(ECPublicKey key) {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"k1\",\"x\":\""
                + number(key.getW().getAffineX()) + "\",\"y\":\""
                + number(key.getW().getAffineY()) + "\"}]}";
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
}
