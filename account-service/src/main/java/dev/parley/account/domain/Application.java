package dev.parley.account.domain;

/**
 * A call application (MRTC section 3.1). Its private key is not here: only {@link ApplicationStore} keeps it, sealed.
 *
 * @param publicKey   X.509 SubjectPublicKeyInfo (RFC 5280), Base64
 * @param callbackUrl http or https, "" when none
 */
public record Application(
        String bizName,
        String companyId,
        String name,
        String appId,
        String workspaceId,
        String publicKey,
        boolean autoRecord,
        String callbackUrl,
        boolean guestsAllowed,
        long createdAtMs) {}
