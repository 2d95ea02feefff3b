package dev.parley.contracts.account;

/** A company (RTCPEER-8.2). @param number the manuals' numeric id */
public record CompanyView(
        String id,
        long number,
        String name,
        String email,
        String phone,
        String logo,
        String address,
        boolean enabled,
        long createdAtMs) {}
