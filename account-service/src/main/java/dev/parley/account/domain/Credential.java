package dev.parley.account.domain;

/**
 * What a business server shows (RTCPEER-6.1, CRVideo's appID, OpenAPI). The secret is not here.
 *
 * @param authUrl     the third party's endpoint that vouches for its users (RTCPEER-6.2, CRVideo's third-party authentication); "" = none
 * @param expiresAtMs {@link ApplicationKey#NEVER} = never
 */
public record Credential(
        String appId, String bizName, String name, String authUrl, long createdAtMs, long expiresAtMs) {
    public static final int PER_APPLICATION_MAX = 8;
    /** How long a sign of getSign is good. */
    public static final long SIGN_LIFE_MS = 12L * 60 * 60 * 1000;
    /** Signs alive of one credential; the oldest makes room. */
    public static final int SIGNS_MAX = 100;
}
