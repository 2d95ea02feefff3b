package dev.parley.contracts.account;

/**
 * A user as the manuals show one (RTCPEER-8.1); never with a password.
 *
 * @param id      numeric, unique over all companies
 * @param company its id, which is its name
 * @param name    shown in rooms
 * @param level   1 operator, 2 administrator of the company, 4 user, 5 participant
 */
public record UserView(
        long id,
        String account,
        String company,
        String name,
        int level,
        String email,
        String phone,
        String photo,
        String address,
        String job,
        boolean enabled,
        long createdAtMs) {}
