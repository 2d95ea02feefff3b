package dev.parley.account.api;

import dev.parley.account.crypto.Hmacs;
import dev.parley.account.domain.CredentialStore.Found;
import dev.parley.account.domain.DynamicKey;
import dev.parley.account.domain.DynamicKey.Hash;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An OpenAPI call to this service itself: its signature stands in headers, and covers the body as it came. */
@RequestScoped
class SignedCall {
    static final String APP_ID = "X-Parley-App-Id";
    static final String TIMESTAMP = "X-Parley-Timestamp";
    static final String NONCE = "X-Parley-Nonce";
    static final String SIGNATURE = "X-Parley-Signature";

    private final Access access;
    private final RoutingContext http;

    SignedCall(Access access, RoutingContext http) {
        this.access = access;
        this.http = http;
    }

    /** Errors: CREDENTIAL_INVALID. */
    Found read(ContainerRequestContext request) {
        byte[] body = body(request);
        var unhashed = call(request, "");
        Hash hash = DynamicKey.hash(unhashed);
        if (hash == null) throw new RefusedException(ErrorCode.CREDENTIAL_INVALID);
        return access.byCall(call(request, Hmacs.digest(hash, body)));
    }

    private DynamicKey.Call call(ContainerRequestContext request, String bodyDigest) {
        return new DynamicKey.Call(
                header(request, APP_ID),
                request.getMethod(),
                http.request().uri(),
                header(request, TIMESTAMP),
                header(request, NONCE),
                bodyDigest,
                header(request, SIGNATURE));
    }

    /** Read here and given back for the endpoint; the HTTP layer has limited its size. */
    private static byte[] body(ContainerRequestContext request) {
        try {
            if (!request.hasEntity()) return new byte[0];
            byte[] body = request.getEntityStream().readAllBytes();
            request.setEntityStream(new ByteArrayInputStream(body));
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ContainerRequestContext request, String name) {
        return Fields.orElse(request.getHeaderString(name), "");
    }
}
