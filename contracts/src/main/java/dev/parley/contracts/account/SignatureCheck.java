package dev.parley.contracts.account;

/** Body of {@code POST /v1/signatures:check} at account (MRTC section 2.3). {@code uid} is the record id for recording queries (MRTC-SIG-09). */
public record SignatureCheck(String bizName, String appId, String workspaceId, String uid, String signature) {}
