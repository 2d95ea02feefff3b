package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/api-requests:check} at account: an OpenAPI call as a service got it. The signature is made over method, path,
 * timestamp, nonce and bodyDigest, joined by line feeds.
 *
 * @param path       with its query, as it was sent
 * @param bodyDigest lower-case hex of SHA-256 or SM3 of the body
 * @param signature  {@code hmac-sha256=} or {@code hmac-sm3=} and lower-case hex
 */
public record ApiRequestCheck(
        @NotBlank @Size(max = 64) String appId,
        @NotBlank @Size(max = 16) String method,
        @NotBlank @Size(max = 4096) String path,
        @NotBlank @Size(max = 16) String timestamp,
        @NotBlank @Size(max = 64) String nonce,
        @NotBlank @Size(max = 64) String bodyDigest,
        @NotBlank @Size(max = 128) String signature) {}
