package dev.parley.signaling.domain;

/**
 * What does not change while a room lives.
 *
 * @param roomId      also the key of its log and of its media; unique over all applications
 * @param meetingCode 9 digits, what people dictate
 * @param rtoken      who has it may enter
 * @param ownerUid    enters as host
 */
public record RoomInfo(
        String roomId,
        String meetingCode,
        String rtoken,
        String bizName,
        String appId,
        String workspaceId,
        String callbackUrl,
        String ownerUid,
        RoomKind kind,
        long createdAtMs) {}
