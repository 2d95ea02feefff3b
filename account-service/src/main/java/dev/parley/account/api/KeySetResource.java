package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

/** The keys that tokens are verified with: those that signed, the one that signs, those that will. */
@Path("/.well-known/jwks.json")
@RunOnVirtualThread
public class KeySetResource {
    /** Verifiers may keep the set for so long; keys are published for twice that and more before they sign. */
    static final int KEY_SET_SECONDS = 300;

    /** A JWK Set (RFC 7517 section 5). */
    public record KeySet(List<Map<String, Object>> keys) {}

    private final TokenKeys keys;

    KeySetResource(TokenKeys keys) {
        this.keys = keys;
    }

    @GET
    @Needs(Operation.READ_KEY_SET)
    public RestResponse<KeySet> keySet() {
        var set = new KeySet(keys.published().stream()
                .map(k -> {
                    var jwk = new EllipticCurveJsonWebKey(k.publicKey());
                    jwk.setKeyId(k.key().kid());
                    jwk.setAlgorithm("ES256");
                    jwk.setUse("sig");
                    return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
                })
                .toList());
        return RestResponse.ResponseBuilder.ok(set)
                .header("Cache-Control", "public, max-age=" + KEY_SET_SECONDS)
                .build();
    }
}
