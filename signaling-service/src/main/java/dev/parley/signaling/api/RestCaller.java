package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Scope;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls over REST, and what that lets it do: services and the operator all, users what their scopes say in their application. */
@RequestScoped
public class RestCaller {
    private final JsonWebToken jwt;

    RestCaller(JsonWebToken jwt) {
        this.jwt = jwt;
    }

    /** Errors: TOKEN_INVALID, NOT_ALLOWED. */
    RestCaller mustHave(Scope scope) {
        known();
        if (!trusted() && !user().may(scope)) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return this;
    }

    RestCaller mustBeTrusted() {
        known();
        if (!trusted()) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return this;
    }

    RestCaller mustBeService() {
        known();
        if (!has(TokenClaims.SERVICE)) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return this;
    }

    /** Errors: TOKEN_INVALID when it is no room user's. */
    Identity user() {
        known();
        return Callers.byToken(jwt);
    }

    /** A service or the operator. A company's administrator is neither: its rooms are at the console, where account knows its applications. */
    boolean trusted() {
        return has(TokenClaims.SERVICE) || has(TokenClaims.ROOT);
    }

    /** The application asked for, or the caller's own; "demo" for those who have none and name none. */
    String application(String asked) {
        if (!trusted()) return user().bizName();
        return asked == null || asked.isEmpty() ? DEMO : asked;
    }

    /** Errors: ROOM_NOT_FOUND for rooms of other applications, NOT_ALLOWED for other rooms than the token's. */
    RoomState mayRule(RoomState room) {
        if (trusted()) return room;
        Identity who = user();
        if (!room.info().bizName().equals(who.bizName())) throw new RefusedException(ErrorCode.ROOM_NOT_FOUND);
        if (!who.room().isEmpty() && !who.room().equals(room.roomId()))
            throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return room;
    }

    /** For what a participant is allowed only by its role, which a token does not show. Errors: NOT_ALLOWED. */
    RestCaller mustRuleOrBeNamed(String roomId) {
        if (trusted()
                || user().may(Scope.MODERATE)
                || !roomId.isEmpty() && user().room().equals(roomId)) return this;
        throw new RefusedException(ErrorCode.NOT_ALLOWED);
    }

    static final String DEMO = "demo";

    private boolean has(String group) {
        return jwt.getGroups() != null && jwt.getGroups().contains(group);
    }

    private void known() {
        if (jwt.getRawToken() == null) throw new RefusedException(ErrorCode.TOKEN_INVALID);
    }
}
