package dev.parley.contracts.account;

/**
 * Body of {@code POST /v1/room-tokens} at account, for services and signed-in administrators: a token for tools and for users of a
 * business's own server.
 *
 * @param room       room id it is good for; "" = any room of the application
 * @param ttlSeconds 60 to 604800
 */
public record RoomTokenRequest(
        String bizName,
        String uid,
        String displayName,
        String room,
        String role,
        boolean publish,
        boolean subscribe,
        boolean record,
        boolean moderate,
        int ttlSeconds) {}
