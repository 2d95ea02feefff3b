package dev.parley.account.api;

import dev.parley.account.domain.KeyRing;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.SigningKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;

/** What the operator sees of the token keys. */
@Path("/v1")
@RunOnVirtualThread
public class KeyResource {
    /** {@code state}: previous, current or next; {@code signsFromMs} 0 while not appointed. */
    public record KeyView(String kid, String state, long createdAtMs, long signsFromMs) {}

    private final TokenKeys keys;
    private final Time time;

    KeyResource(TokenKeys keys, Time time) {
        this.keys = keys;
        this.time = time;
    }

    /** Appoints the next key: it signs once it has been published for the lead time. Repeating it before then changes nothing. */
    @POST
    @Path("keys:rotate")
    @Needs(Operation.ROTATE_TOKEN_KEYS)
    public List<KeyView> rotate() {
        return views(keys.rotate());
    }

    @GET
    @Path("keys")
    @Needs(Operation.READ_TOKEN_KEYS)
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
