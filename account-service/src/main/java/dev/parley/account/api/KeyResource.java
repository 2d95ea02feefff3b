package dev.parley.account.api;

import dev.parley.account.domain.KeyRing;
import dev.parley.account.domain.SigningKey;
import dev.parley.contracts.account.TokenClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

/** The keys that tokens are verified with. */
@Path("/")
@RunOnVirtualThread
public class KeyResource {
    /** Verifiers may keep the set for so long; keys are published for twice that and more before they sign. */
    static final int KEY_SET_SECONDS = 300;

    /** A JWK Set (RFC 7517 section 5). */
    public record KeySet(List<Map<String, Object>> keys) {}

    /** {@code state}: previous, current or next; {@code signsFromMs} 0 while not appointed. */
    public record KeyView(String kid, String state, long createdAtMs, long signsFromMs) {}

    private final TokenKeys keys;
    private final Time time;

    KeyResource(TokenKeys keys, Time time) {
        this.keys = keys;
        this.time = time;
    }

    @GET
    @Path(".well-known/jwks.json")
    @PermitAll
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

    /** Appoints the next key: it signs once it has been published for the lead time. Repeating it before then changes nothing. */
    @POST
    @Path("v1/keys:rotate")
    @RolesAllowed(TokenClaims.ROOT)
    public List<KeyView> rotate() {
        return views(keys.rotate());
    }

    @GET
    @Path("v1/keys")
    @RolesAllowed(TokenClaims.ROOT)
    public List<KeyView> list() {
        return views(keys.published().stream().map(k -> k.key()).toList());
    }

    private List<KeyView> views(List<SigningKey> ring) {
        var signer = KeyRing.signer(ring, time.nowMs());
        return ring.stream()
                .map(k -> new KeyView(
                        k.kid(),
                        signer.filter(k::equals).isPresent()
                                ? "current"
                                : k.signsFromMs() > time.nowMs() ? "next" : "previous",
                        k.createdAtMs(),
                        k.standby() ? 0 : k.signsFromMs()))
                .toList();
    }
}
