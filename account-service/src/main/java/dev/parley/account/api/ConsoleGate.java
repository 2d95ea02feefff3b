package dev.parley.account.api;

import dev.parley.account.crypto.Hmacs;
import dev.parley.account.domain.DynamicKey.Hash;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * The console's way in (docs/decisions/0008). {@code /console/v1/...} is {@code /v1/...} asked by a browser: its cookie stands for a token,
 * and a request that changes something must also show the session's proof, which only the console's own page can read. Everything else,
 * rights above all, is decided where it is decided for everybody.
 */
@ApplicationScoped
class ConsoleGate {
    /** Holds the SID; sent to {@code /console} only. */
    static final String COOKIE = "parley_console";

    static final String PROOF = "X-Parley-Csrf";
    /** Key in the routing context: the SID that the request's cookie holds, "" = none. Absent = not asked through the console. */
    static final String ASKED = "parley.console";
    /** Key in the routing context: the SID that {@link Caller} is to believe. */
    static final String SID = "parley.console.sid";

    static final String PATH = "/console";
    static final String SESSION = "/v1/console/session";

    private static final String INTERFACE = PATH + "/v1/";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final int PRIORITY = 900;
    /** No inline script or style, nothing from elsewhere, no frame around it; text that becomes markup is an error (Trusted Types). */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    void register(@Observes Filters filters) {
        filters.register(ConsoleGate::headers, PRIORITY);
    }

    private static void headers(RoutingContext http) {
        String path = http.normalizedPath();
        if (path.equals(PATH) || path.startsWith(PATH + "/")) {
            http.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("X-Frame-Options", "DENY")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                    .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                    .putHeader("Cache-Control", path.startsWith(INTERFACE) ? "no-store" : "no-cache");
        }
        if (path.equals(PATH)) {
            http.response().setStatusCode(302).putHeader("Location", PATH + "/").end();
            return;
        }
        http.next();
    }

    @ServerRequestFilter(preMatching = true)
    Response enter(ContainerRequestContext request, RoutingContext http) {
        URI uri = request.getUriInfo().getRequestUri();
        String path = uri.getRawPath();
        if (!path.startsWith(INTERFACE)) return null;
        // Whoever brings another credential is not the console.
        http.request().headers().remove("Authorization").remove(SignedCall.APP_ID);
        request.getHeaders().remove("Authorization");
        request.getHeaders().remove(SignedCall.APP_ID);
        String target = path.substring(PATH.length());
        Cookie cookie = http.request().getCookie(COOKIE);
        String sid = cookie == null ? "" : cookie.getValue();
        boolean safe = SAFE.contains(request.getMethod());
        boolean signIn = target.equals(SESSION) && request.getMethod().equals("POST");
        if (!ownPage(http.request(), safe)) return refuse();
        String shown = http.request().getHeader(PROOF);
        if (!safe && !signIn && !sid.isEmpty() && (shown == null || !Hmacs.same(proof(sid), shown))) return refuse();
        http.put(ASKED, sid);
        if (!sid.isEmpty() && !signIn) http.put(SID, sid);
        request.setRequestUri(URI.create(target + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())));
        return null;
    }

    /** What the page shows with each change: tells nothing about the SID, and nobody has it without the session. */
    static String proof(String sid) {
        return Hmacs.hmac(Hash.SHA256, sid, "parley console");
    }

    /** Browsers say where a request comes from (Fetch Metadata; Origin, RFC 6454); what says nothing is no browser's cross-site request. */
    private static boolean ownPage(HttpServerRequest request, boolean safe) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !(safe && site.equals("none"))) return false;
        String origin = request.getHeader("Origin");
        if (safe || origin == null) return true;
        return origin.regionMatches(true, 0, "http", 0, 4)
                && origin.substring(origin.indexOf("://") + 3).equalsIgnoreCase(request.getHeader("Host"));
    }

    private static Response refuse() {
        return Response.status(ErrorCode.CROSS_SITE.httpStatus)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Problem.of(ErrorCode.CROSS_SITE, null))
                .build();
    }
}
