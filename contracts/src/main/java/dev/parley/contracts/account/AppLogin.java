package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/app-logins} at account, for services (CRVideo_Login). Errors: CREDENTIAL_INVALID; AUTH_CODE_MISSING,
 * AUTH_CODE_UNEXPECTED, THIRD_PARTY_AWAY, THIRD_PARTY_REFUSED are its errors 14 to 17.
 *
 * @param secretMd5 hex of MD5 of the secret, in either case
 * @param authCode  blank = none
 */
public record AppLogin(
        @NotBlank @Size(max = 64) String appId,
        @NotBlank @Size(max = 64) String secretMd5,

        @NotBlank @Size(max = 128) @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        String userId,

        @NotNull @Size(max = 1024) String authCode) {}
