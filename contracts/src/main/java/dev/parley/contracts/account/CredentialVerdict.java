package dev.parley.contracts.account;

/** For whom a good credential stands; a bad one is CREDENTIAL_INVALID. */
public record CredentialVerdict(String appId, String bizName, String company) {}
