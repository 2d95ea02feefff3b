package dev.parley.signaling.api;

import dev.parley.contracts.account.GuestTokenRequest;
import dev.parley.contracts.account.TokenView;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.port.Accounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a page needs before it has a token. Errors of guest tokens: APPLICATION_NOT_FOUND, GUESTS_NOT_ALLOWED, TOO_MANY, BAD_REQUEST. */
@Path("/v1")
@PermitAll
@Tag(name = "entry")
@Produces(MediaType.APPLICATION_JSON)
public class InfoResource {
    private static final int NAME_CHARS_MAX = 128;
    private final Settings settings;
    private final Accounts accounts;
    private final GuestBudget budget;
    private final String version;

    InfoResource(
            Settings settings,
            Accounts accounts,
            GuestBudget budget,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.accounts = accounts;
        this.budget = budget;
        this.version = version;
    }

    public record Info(
            String version,
            boolean demo,
            int heartbeatSeconds,
            int graceSeconds,
            List<Snapshot.IceServer> iceServers) {}

    @GET
    @Path("info")
    @Operation(summary = "What this server is")
    public Info info() {
        return new Info(
                version, true, settings.heartbeatSeconds(), settings.graceSeconds(), Snapshot.IceServer.of(settings));
    }

    @POST
    @Path("guest-tokens")
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "A token for a guest; passed on to account. bizName \"\" = the suite's demo application")
    public TokenView guest(GuestTokenRequest request, io.vertx.core.http.HttpServerRequest http) {
        if (request == null) throw Bad.request("the body is missing");
        String name = Bad.text("displayName", request.displayName(), NAME_CHARS_MAX);
        if (name.isBlank()) throw Bad.request("displayName is missing");
        budget.take(http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress());
        return accounts.guest(new GuestTokenRequest(
                Bad.text("bizName", request.bizName(), NAME_CHARS_MAX), name, Bad.text("room", request.room(), 64)));
    }
}
