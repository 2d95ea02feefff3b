package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.account.SignatureVerdict;
import dev.parley.contracts.account.TokenView;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Account in memory: signs real ES256 tokens and shows the key that checks them. */
public final class FakeAccount extends Server {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private final KeyPair keys;
    public final Map<String, ApplicationView> applications = new ConcurrentHashMap<>();

    public FakeAccount() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        application("demo", false);
    }

    public void application(String bizName, boolean autoRecord) {
        applications.put(
                bizName,
                new ApplicationView(
                        bizName, bizName, "app", "workspace", autoRecord, "http://127.0.0.1:9/callback", true, 1));
    }

    @Override
    boolean open(String path) {
        return path.startsWith("/.well-known") || path.equals("/oauth2/token");
    }

    @Override
    Object handle(String method, String[] parts, JsonNode body, String query) {
        return switch (parts[0] + (parts.length > 1 ? "/" + parts[1] : "")) {
            case ".well-known/jwks.json" -> Map.of("keys", List.of(jwk()));
            case "oauth2/token" ->
                Map.of(
                        "access_token",
                        token(Map.of("sub", "signaling", "groups", List.of("service"))),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        600);
            case "v1/applications" -> {
                ApplicationView found = applications.get(parts[2]);
                if (found == null) throw new RefusedException(ErrorCode.APPLICATION_NOT_FOUND);
                yield found;
            }
            // The signature's first word is its verdict here; how one is checked is account's own test.
            case "v1/signatures:check" -> {
                if (!body.path("signature").asText().equals("good"))
                    throw new RefusedException(ErrorCode.SIGNATURE_INVALID);
                yield new SignatureVerdict(
                        body.path("bizName").asText(), body.path("uid").asText(), System.currentTimeMillis() + 60_000);
            }
            case "v1/guest-tokens" -> {
                String biz = body.path("bizName").asText();
                String uid = "guest-" + UUID.randomUUID();
                yield new TokenView(
                        user(biz.isEmpty() ? "demo" : biz, uid, "", "guest", "publish subscribe record"),
                        uid,
                        System.currentTimeMillis() + 60_000);
            }
            case "v1/room-tokens" -> {
                String scope = (body.path("publish").asBoolean() ? "publish " : "")
                        + (body.path("subscribe").asBoolean() ? "subscribe" : "");
                yield new TokenView(
                        user(
                                body.path("bizName").asText(),
                                body.path("uid").asText(),
                                body.path("room").asText(),
                                body.path("role").asText(),
                                scope.strip()),
                        body.path("uid").asText(),
                        System.currentTimeMillis() + 60_000);
            }
            default -> throw new RefusedException(ErrorCode.NOT_FOUND);
        };
    }

    /** A room user's token. {@code room} "" = any. */
    public String user(String bizName, String uid, String room, String role, String scope) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", uid);
        claims.put("upn", uid);
        claims.put("groups", List.of("user"));
        claims.put("biz", bizName);
        claims.put("name", "Name of " + uid);
        if (!room.isEmpty()) claims.put("room", room);
        claims.put("role", role);
        claims.put("scope", scope);
        return token(claims);
    }

    public String guest(String bizName, String uid) {
        return user(bizName, uid, "", "guest", "publish subscribe record");
    }

    public String service() {
        return token(Map.of("sub", "recorder", "groups", List.of("service")));
    }

    /** Of one company among others. */
    public String administrator() {
        return token(Map.of("sub", "boss", "groups", List.of("admin")));
    }

    public String expired() {
        return token(Map.of(
                "sub",
                "late",
                "groups",
                List.of("user"),
                "biz",
                "demo",
                "scope",
                "publish",
                "exp",
                System.currentTimeMillis() / 1000 - 3_600));
    }

    public String token(Map<String, Object> claims) {
        try {
            var all = new LinkedHashMap<String, Object>();
            long now = System.currentTimeMillis() / 1000;
            all.put("iss", "parley");
            all.put("iat", now);
            all.put("exp", now + 600);
            all.put("jti", UUID.randomUUID().toString());
            all.putAll(claims);
            String head =
                    URL.encodeToString(JSON.writeValueAsBytes(Map.of("alg", "ES256", "kid", "test", "typ", "JWT")));
            String signed = head + "." + URL.encodeToString(JSON.writeValueAsBytes(all));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> jwk() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "alg",
                "ES256",
                "use",
                "sig",
                "kid",
                "test",
                "x",
                URL.encodeToString(coordinate(point.getAffineX().toByteArray())),
                "y",
                URL.encodeToString(coordinate(point.getAffineY().toByteArray())));
    }

    private static byte[] coordinate(byte[] number) {
        byte[] fixed = new byte[32];
        byte[] tail = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        System.arraycopy(tail, 0, fixed, 32 - tail.length, tail.length);
        return fixed;
    }
}
