package dev.parley.contracts.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/room-tokens} at account, for services and signed-in administrators: a token for tools and for users of a
 * business's own server.
 *
 * @param room       room id it is good for; "" = any room of the application
 * @param ttlSeconds 60 to 604800
 */
public record RoomTokenRequest(
        @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String bizName,

        @NotBlank @Size(max = 128) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String uid,

        @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String displayName,

        @NotNull @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String room,

        @NotNull @Pattern(regexp = "host|cohost|lecturer|guest", message = "must be host, cohost, lecturer or guest")
        String role,

        boolean publish,
        boolean subscribe,
        boolean record,
        boolean moderate,
        @Min(60) @Max(604_800) int ttlSeconds) {}
