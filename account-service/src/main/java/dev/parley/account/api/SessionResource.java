package dev.parley.account.api;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Session;
import dev.parley.account.domain.SessionStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Sessions of those who signed in. A revoked one's token is refused here at once, elsewhere when it ends: within 15 minutes. */
@Path("/v1")
@RunOnVirtualThread
public class SessionResource {
    public record Renewal(@NotBlank @Size(max = 64) String sid) {}

    /** {@code current}: the one this was asked with. */
    public record SessionView(
            String id,
            long user,
            String kind,
            String address,
            String agent,
            long createdAtMs,
            long lastUsedAtMs,
            long endsAtMs,
            boolean current) {}

    private final Sessions sessions;
    private final SessionStore store;
    private final AccountStore accounts;
    private final Caller caller;
    private final Time time;

    SessionResource(Sessions sessions, SessionStore store, AccountStore accounts, Caller caller, Time time) {
        this.sessions = sessions;
        this.store = store;
        this.accounts = accounts;
        this.caller = caller;
        this.time = time;
    }

    /** A new token for the session; the SID is the proof, so it is in the body, never in an address. Errors: TOKEN_INVALID. */
    @POST
    @Path("sessions:renew")
    @Needs(Operation.RENEW_TOKEN)
    public SignedIn renew(@NotNull @Valid Renewal request) {
        return sessions.renew(request.sid);
    }

    /** Of one user; absent = the caller. Errors: USER_NOT_FOUND. */
    @GET
    @Path("sessions")
    @Needs(Operation.LIST_SESSIONS)
    public List<SessionView> list(@QueryParam("user") Long user) {
        Account of = user == null ? caller.account() : visible(user, ErrorCode.USER_NOT_FOUND);
        String current = caller.session().id();
        return store.list(of.number(), time.nowMs()).stream()
                .map(s -> view(s, current))
                .toList();
    }

    /** Errors: SESSION_NOT_FOUND, NOT_ALLOWED for one of somebody stronger. */
    @DELETE
    @Path("sessions/{id}")
    @Needs(Operation.REVOKE_SESSION)
    public void revoke(@PathParam("id") @Size(max = 64) String id) {
        var live = store.find(id, time.nowMs()).orElseThrow(() -> new RefusedException(ErrorCode.SESSION_NOT_FOUND));
        if (!caller.sees(live.account())) throw new RefusedException(ErrorCode.SESSION_NOT_FOUND);
        caller.mayHandle(live.account().level());
        store.delete(id);
    }

    /** Ends the session that this is asked with. */
    @POST
    @Path("sign-out")
    @Needs(Operation.SIGN_OUT)
    public void signOut() {
        store.delete(caller.session().id());
    }

    private Account visible(long number, ErrorCode otherwise) {
        return accounts.find(number).filter(caller::sees).orElseThrow(() -> new RefusedException(otherwise));
    }

    private static SessionView view(Session s, String current) {
        return new SessionView(
                s.id(),
                s.account(),
                s.kind(),
                s.address(),
                s.agent(),
                s.createdAtMs(),
                s.lastUsedAtMs(),
                s.endsAtMs(),
                s.id().equals(current));
    }
}
