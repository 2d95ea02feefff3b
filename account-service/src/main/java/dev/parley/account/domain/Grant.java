package dev.parley.account.domain;

import dev.parley.contracts.account.TokenClaims;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a token will say; names are those of {@link TokenClaims}.
 *
 * @param claims     besides subject, groups and times; empty texts are left out
 * @param ttlSeconds life of the token
 */
public record Grant(String subject, String group, Map<String, String> claims, long ttlSeconds) {
    /** Longest that any token lives; old signing keys are shown for as long. */
    public static final long TTL_MAX_SECONDS = 604_800;

    public static final long USER_TTL_SECONDS = 12 * 60 * 60;
    /** A revoked session's token is good for so long where nobody asks this service; its holder gets the next one for the SID. */
    public static final long SESSION_TTL_SECONDS = 15 * 60;

    public static final long SERVICE_TTL_SECONDS = 600;
    private static final String ALL_SCOPES = "publish subscribe record moderate";

    public static Grant service(String clientId) {
        return new Grant(clientId, TokenClaims.SERVICE, Map.of(), SERVICE_TTL_SECONDS);
    }

    /** For an account that signed in; administrators may do all in rooms, users what guests may. */
    public static Grant account(Account account, String sessionId) {
        String group = Role.groupOfLevel(account.level());
        boolean user = group.equals(TokenClaims.USER);
        return new Grant(
                account.uid(),
                group,
                claims(
                        TokenClaims.SESSION,
                        sessionId,
                        TokenClaims.COMPANY,
                        account.companyId(),
                        TokenClaims.NAME,
                        account.displayName(),
                        TokenClaims.ROLE,
                        user ? "guest" : "host",
                        TokenClaims.SCOPE,
                        user ? "publish subscribe record" : ALL_SCOPES),
                SESSION_TTL_SECONDS);
    }

    /** For someone in a room. {@code room} "" = any of the application. */
    public static Grant room(
            Application application,
            String uid,
            String displayName,
            String room,
            String role,
            String scope,
            long ttlSeconds) {
        return new Grant(
                uid,
                TokenClaims.USER,
                claims(
                        TokenClaims.BIZ_NAME, application.bizName(),
                        TokenClaims.COMPANY, application.companyId(),
                        TokenClaims.NAME, displayName,
                        TokenClaims.ROOM, room,
                        TokenClaims.ROLE, role,
                        TokenClaims.SCOPE, scope),
                ttlSeconds);
    }

    private static Map<String, String> claims(String... namesAndValues) {
        var claims = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) claims.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return claims;
    }
}
