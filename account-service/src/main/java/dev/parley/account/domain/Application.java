package dev.parley.account.domain;

/**
 * A call application (MRTC section 3.1).
 *
 * @param callbackUrl       http or https, "" when none
 * @param signatureLifeMaxS a signature that ends later than this from now is refused: bounds how long one can be replayed
 */
public record Application(
        String bizName,
        String companyId,
        String name,
        String appId,
        String workspaceId,
        boolean autoRecord,
        String callbackUrl,
        boolean guestsAllowed,
        int signatureLifeMaxS,
        long createdAtMs) {
    /** The console's longest choice. */
    public static final int SIGNATURE_LIFE_MAX_S = 7 * 24 * 60 * 60;
}
