package dev.parley.account.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.account.domain.Grant;
import dev.parley.account.domain.Operation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;

/**
 * Tokens for services: OAuth 2.0 client credentials (RFC 6749 section 4.4). Errors are OAuth's own shape (section 5.2):
 * {@code unsupported_grant_type}, {@code invalid_client}.
 */
@Path("/oauth2/token")
public class OAuthResource {
    /** RFC 6749 section 5.1. */
    public record AccessToken(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresInSeconds) {}

    /** RFC 6749 section 5.2. */
    public record OAuthError(
            String error, @JsonProperty("error_description") String description) {}

    private record Client(String id, String secret) {}

    private static final Logger LOG = Logger.getLogger(OAuthResource.class);
    private static final Pattern CLIENT_ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final Tokens tokens;
    private final byte[] secretDigest;

    OAuthResource(Tokens tokens, Settings settings) {
        this.tokens = tokens;
        this.secretDigest = sha256(settings.serviceSecret());
    }

    @POST
    @Needs(Operation.GET_SERVICE_TOKEN)
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response token(
            @HeaderParam("Authorization") String authorization,
            @RestForm("grant_type") String grantType,
            @RestForm("client_id") String clientId,
            @RestForm("client_secret") String clientSecret) {
        if (!"client_credentials".equals(grantType)) {
            return refuse(400, "unsupported_grant_type", "grant_type must be client_credentials");
        }
        var client = authorization == null ? new Client(clientId, clientSecret) : fromBasic(authorization);
        if (client.id == null
                || client.secret == null
                || !CLIENT_ID.matcher(client.id).matches()
                || !right(client.secret)) {
            LOG.info("refused a service token");
            return refuse(401, "invalid_client", "client id or secret is wrong");
        }
        var token = tokens.issue(Grant.service(client.id));
        return Response.ok(new AccessToken(token.token(), "Bearer", Grant.SERVICE_TTL_SECONDS))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Digests of equal length, so that the time tells nothing about the secret, not even its length. */
    private boolean right(String secret) {
        return MessageDigest.isEqual(sha256(secret), secretDigest)
                | MessageDigest.isEqual(sha256(formDecoded(secret)), secretDigest);
    }

    private static String formDecoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** RFC 6749 section 2.3.1. Quarkus sends id and secret as they are, the RFC wants them form-encoded first: {@link #right} takes both. */
    private static Client fromBasic(String authorization) {
        var none = new Client(null, null);
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) return none;
        try {
            byte[] pair = Base64.getDecoder().decode(authorization.substring(6).strip());
            String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
            if (parts.length != 2) return none;
            return new Client(parts[0], parts[1]);
        } catch (IllegalArgumentException e) {
            return none;
        }
    }

    private static Response refuse(int status, String error, String description) {
        var response =
                Response.status(status).header("Cache-Control", "no-store").entity(new OAuthError(error, description));
        if (status == 401) response.header("WWW-Authenticate", "Basic realm=\"parley\"");
        return response.build();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
