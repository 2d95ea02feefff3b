package dev.parley.contracts.account;

/**
 * Names in Parley's JWTs (ES256; issuer {@link #ISSUER}; keys at account's {@code /.well-known/jwks.json}). Groups (claim {@code groups},
 * MicroProfile JWT): {@link #SERVICE} for service tokens, {@link #USER} for room users, {@link #ADMIN} for administrators of a company,
 * {@link #ROOT} for the operator's administrator.
 */
public final class TokenClaims {
    public static final String ISSUER = "parley";
    public static final String SERVICE = "service";
    public static final String USER = "user";
    public static final String ADMIN = "admin";
    public static final String ROOT = "root";
    /** bizName of the application, string. */
    public static final String BIZ_NAME = "biz";
    /** Display name, string. */
    public static final String NAME = "name";
    /** Room id that the token is good for, string; absent = any of the application. */
    public static final String ROOM = "room";
    /** host, cohost, lecturer or guest. */
    public static final String ROLE = "role";
    /** Space-separated (RFC 8693 section 4.2) list of publish, subscribe, record, moderate. */
    public static final String SCOPE = "scope";
    /** Company id, string; in user and administrator tokens. */
    public static final String COMPANY = "company";

    /** Id of the session, string; in tokens of accounts that signed in. Such a token lives 15 minutes; a new one is had for the SID. */
    public static final String SESSION = "sid";

    private TokenClaims() {}
}
