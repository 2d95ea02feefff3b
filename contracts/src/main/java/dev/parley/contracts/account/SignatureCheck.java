package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/signatures:check} at account (MRTC section 2.3). {@code uid} is the record id for recording queries (MRTC-SIG-09).
 * {@code appId} and {@code workspaceId} may be "" or null, since not every dialect carries them: then the application's own are meant.
 */
public record SignatureCheck(
        @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String bizName,

        @Size(max = 64) String appId,
        @Size(max = 64) String workspaceId,

        @NotBlank @Size(max = 128) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String uid,

        @NotBlank @Size(max = 1400) String signature) {}
