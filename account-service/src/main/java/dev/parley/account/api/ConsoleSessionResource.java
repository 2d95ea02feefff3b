package dev.parley.account.api;

import dev.parley.account.api.SignInResource.SignInRequest;
import dev.parley.account.domain.Account;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Permissions.Reach;
import dev.parley.account.domain.SessionStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.UserView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * The console's own session: a cookie that no script can read, sent by the browser to the console and from the console's pages only.
 * Errors: SIGN_IN_FAILED, TOO_MANY, TOKEN_INVALID, CROSS_SITE, NOT_FOUND outside of the console.
 */
@Path(ConsoleGate.SESSION)
@RunOnVirtualThread
public class ConsoleSessionResource {
    /**
     * @param csrf   to be shown in {@code X-Parley-Csrf} with each request that changes something
     * @param rights the caller's lines of the permission table, so that the page offers nothing that would be refused
     */
    public record ConsoleSession(UserView user, String csrf, Map<Operation, Reach> rights) {}

    private final SignInResource signIn;
    private final SessionStore sessions;
    private final Caller caller;
    private final Time time;
    private final RoutingContext http;

    ConsoleSessionResource(
            SignInResource signIn, SessionStore sessions, Caller caller, Time time, RoutingContext http) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.caller = caller;
        this.time = time;
        this.http = http;
    }

    /** Always a new session: what the browser had before is over, so nobody can have chosen it for another (session fixation). */
    @POST
    @Needs(Operation.SIGN_IN)
    public Response signIn(@NotNull @Valid SignInRequest request) {
        String before = asked();
        var signedIn = signIn.signIn(request);
        if (!before.isEmpty()) {
            sessions.use(Sessions.digest(before), time.nowMs())
                    .ifPresent(live -> sessions.delete(live.session().id()));
        }
        http.put(ConsoleGate.SID, signedIn.sid());
        return Response.ok(view(signedIn.sid()))
                .cookie(cookie(signedIn.sid(), -1))
                .build();
    }

    @GET
    @Needs(Operation.READ_OWN_ACCOUNT)
    public ConsoleSession get() {
        return view(asked());
    }

    @DELETE
    @Needs(Operation.SIGN_OUT)
    public Response signOut() {
        asked();
        sessions.delete(caller.session().id());
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    private ConsoleSession view(String sid) {
        Account account = caller.account();
        return new ConsoleSession(Views.user(account), ConsoleGate.proof(sid), caller.rights());
    }

    /** The SID of the cookie, "" when there is none. */
    private String asked() {
        String sid = http.get(ConsoleGate.ASKED);
        if (sid == null) throw new RefusedException(ErrorCode.NOT_FOUND, "Ask for it below /console.");
        return sid;
    }

    private NewCookie cookie(String sid, int maxAgeSeconds) {
        boolean secure = http.request().isSSL() || "https".equals(http.request().getHeader("X-Forwarded-Proto"));
        return new NewCookie.Builder(ConsoleGate.COOKIE)
                .value(sid)
                .path(ConsoleGate.PATH)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAgeSeconds)
                .build();
    }
}
