package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Body of {@code POST /v1/api-signs:check} at account (RTCPEER-2.1): a sign that a client showed. */
public record ApiSignCheck(@NotBlank @Size(max = 64) String sign) {}
