package dev.parley.signaling.client;

import dev.parley.contracts.account.ApplicationView;
import dev.parley.contracts.account.GuestTokenRequest;
import dev.parley.contracts.account.RoomTokenRequest;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.SignatureVerdict;
import dev.parley.contracts.account.TokenView;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The account service's REST interface, as far as it is used here. */
@Path("/v1")
@RegisterRestClient(configKey = "account")
@OidcClientFilter
interface AccountApi {
    @GET
    @Path("applications/{bizName}")
    ApplicationView application(@PathParam("bizName") String bizName);

    @POST
    @Path("signatures:check")
    SignatureVerdict check(SignatureCheck signature);

    @POST
    @Path("guest-tokens")
    TokenView guest(GuestTokenRequest request);

    @POST
    @Path("room-tokens")
    TokenView roomToken(RoomTokenRequest request);
}
