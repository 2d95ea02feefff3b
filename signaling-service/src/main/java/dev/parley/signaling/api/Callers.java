package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Role;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.port.Accounts;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Locale;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/** Who is asking, from what account vouches for. Blocks when account has to be asked. */
@ApplicationScoped
public class Callers {
    private static final Logger LOG = Logger.getLogger(Callers.class);
    private final JWTParser parser;
    private final Accounts accounts;

    Callers(JWTParser parser, Accounts accounts) {
        this.parser = parser;
        this.accounts = accounts;
    }

    /** A room user's token. Errors: TOKEN_INVALID. */
    public Identity byToken(String token) {
        try {
            return byToken(parser.parse(token));
        } catch (ParseException e) {
            LOG.debugf("token refused: %s", e.getMessage());
            throw new RefusedException(ErrorCode.TOKEN_INVALID);
        }
    }

    public static Identity byToken(JsonWebToken jwt) {
        String biz = text(jwt, TokenClaims.BIZ_NAME);
        // Service and administrator tokens are for REST; nobody sits in a room with them.
        if (biz.isEmpty() || !jwt.getGroups().contains(TokenClaims.USER))
            throw new RefusedException(ErrorCode.TOKEN_INVALID, "The token is not a room user's.");
        return new Identity(
                biz,
                jwt.getSubject(),
                text(jwt, TokenClaims.NAME),
                text(jwt, TokenClaims.ROOM),
                role(text(jwt, TokenClaims.ROLE)),
                Scope.parse(text(jwt, TokenClaims.SCOPE)));
    }

    /** A user of the MRTC manual, section 2. Errors: SIGNATURE_INVALID. */
    public Identity bySignature(SignatureCheck signature, String displayName) {
        var verdict = accounts.check(signature);
        return new Identity(
                verdict.bizName(),
                verdict.uid(),
                displayName.isEmpty() ? verdict.uid() : displayName,
                "",
                Role.GUEST,
                EnumSet.of(Scope.PUBLISH, Scope.SUBSCRIBE, Scope.RECORD));
    }

    public static String text(JsonWebToken jwt, String claim) {
        Object value = jwt.getClaim(claim);
        return value == null ? "" : value.toString();
    }

    private static Role role(String name) {
        for (Role role : Role.values()) if (role.wire().equals(name.toLowerCase(Locale.ROOT))) return role;
        return Role.GUEST;
    }
}
