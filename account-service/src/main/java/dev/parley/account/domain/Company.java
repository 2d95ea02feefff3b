package dev.parley.account.domain;

/**
 * A tenant (RTCPEER-8.2).
 *
 * @param id     its name, chosen once: in tokens and addresses; holds no {@code @}
 * @param number the manuals' numeric company id
 */
public record Company(
        String id,
        long number,
        String displayName,
        String email,
        String phone,
        String logo,
        String address,
        boolean enabled,
        long createdAtMs) {}
