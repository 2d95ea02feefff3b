package dev.parley.contracts.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Body of {@code POST /v1/docking-logins} at account (RTCPEER-6.2).
 *
 * @param company the company's id; "" or absent = the sign's own
 * @param appkey  the credential's appId; "" or absent = the sign's own
 * @param level   4 or 5; anything else counts as 4: a third party makes no administrators
 * @param authCode what the third party's endpoint is asked with, "" or absent = none
 */
public record DockingLogin(
        @NotBlank @Size(max = 64) String sign,

        @NotBlank
        @Size(max = 64)
        @Pattern(regexp = "[\\p{L}\\p{M}\\p{N}._@+-]*", message = "may hold letters, digits and . _ @ + -")
        String account,

        @Size(max = 64)
        @Pattern(regexp = "(?:[^\\p{C}]|\\x{200D})*", message = "must not hold control or invisible characters")
        String userName,

        @Size(max = 2048)
        @Pattern(regexp = "|https?://[^\\s\\p{C}/?#]+[^\\s\\p{C}]*", message = "must be an http or https URL, or empty")
        String avatar,

        @Size(max = 64) String company,
        @Size(max = 64) String appkey,

        @Size(max = 64)
        @Pattern(regexp = "(?:[^\\p{C}]|\\x{200D})*", message = "must not hold control or invisible characters")
        String job,

        Long level,
        @Size(max = 1024) String authCode) {}
