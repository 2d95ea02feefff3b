package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/guest-tokens} at account (and of the same at signaling, which passes it on). {@code room} changes nothing: the
 * token is good for any room of the application whose rtoken its holder knows.
 */
public record GuestTokenRequest(
        @NotNull @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String bizName,

        @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String displayName,

        @NotNull @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String room) {}
