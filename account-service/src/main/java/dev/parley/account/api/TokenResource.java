package dev.parley.account.api;

import dev.parley.account.domain.AddressBudget;
import dev.parley.account.domain.Grant;
import dev.parley.account.domain.Operation;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.GuestTokenRequest;
import dev.parley.contracts.account.RoomTokenRequest;
import dev.parley.contracts.account.TokenView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Tokens for people in rooms. Errors: APPLICATION_NOT_FOUND, GUESTS_NOT_ALLOWED, TOO_MANY, BAD_REQUEST. */
@Path("/v1")
@RunOnVirtualThread
public class TokenResource {
    private static final String GUEST_SCOPE = "publish subscribe record";
    private static final int GUEST_UID_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Applications applications;
    private final Tokens tokens;
    private final Caller caller;
    private final AddressBudget budget;
    private final Time time;

    TokenResource(Applications applications, Tokens tokens, Caller caller, AddressBudget budget, Time time) {
        this.applications = applications;
        this.tokens = tokens;
        this.caller = caller;
        this.budget = budget;
        this.time = time;
    }

    /**
     * Open to all, so counted per address; a service that passes the call on does its own counting. A token that names a room opens that
     * room's door, and whoever asks here has shown no right to any: a guest's token names none.
     */
    @POST
    @Path("guest-tokens")
    @Needs(Operation.GET_GUEST_TOKEN)
    public TokenView guest(@NotNull @Valid GuestTokenRequest request) {
        if (!caller.service() && !budget.take(caller.network(), time.nowMs())) {
            throw new RefusedException(ErrorCode.TOO_MANY);
        }
        var application = applications.get(request.bizName().isEmpty() ? FirstStart.DEMO : request.bizName());
        if (!application.guestsAllowed()) throw new RefusedException(ErrorCode.GUESTS_NOT_ALLOWED);
        byte[] random = new byte[GUEST_UID_BYTES];
        RANDOM.nextBytes(random);
        String uid = "guest-" + HexFormat.of().formatHex(random);
        return tokens.issue(Grant.room(
                application, uid, request.displayName().strip(), "", "guest", GUEST_SCOPE, Grant.USER_TTL_SECONDS));
    }

    @POST
    @Path("room-tokens")
    @Needs(Operation.GET_ROOM_TOKEN)
    public TokenView room(@NotNull @Valid RoomTokenRequest request) {
        var application = caller.own(applications.get(request.bizName()));
        var scope = new StringJoiner(" ");
        if (request.publish()) scope.add("publish");
        if (request.subscribe()) scope.add("subscribe");
        if (request.record()) scope.add("record");
        if (request.moderate()) scope.add("moderate");
        return tokens.issue(Grant.room(
                application,
                request.uid(),
                request.displayName().strip(),
                request.room(),
                request.role(),
                scope.toString(),
                request.ttlSeconds()));
    }
}
