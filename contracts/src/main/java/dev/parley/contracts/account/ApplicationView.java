package dev.parley.contracts.account;

/**
 * A call application (MRTC section 3.1) as other services see it; {@code GET /v1/applications/{bizName}}.
 *
 * @param autoRecord    MRTC-CON-05
 * @param callbackUrl   MRTC-CON-07; "" when none
 * @param guestsAllowed whether {@code POST /v1/guest-tokens} works for it
 */
public record ApplicationView(
        String bizName,
        String name,
        String appId,
        String workspaceId,
        boolean autoRecord,
        String callbackUrl,
        boolean guestsAllowed,
        long createdAtMs) {}
