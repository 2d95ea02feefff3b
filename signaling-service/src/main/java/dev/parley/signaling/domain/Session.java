package dev.parley.signaling.domain;

/**
 * A client's stay, from connect to bye or the end of its grace time. It outlives its sockets and the copies that had them.
 *
 * @param roomId "" when in none
 * @param owner  the running copy that has its socket; "" while nobody has
 * @param epoch  counts the sockets that the session has had
 */
public record Session(String id, Identity who, String roomId, String participantId, String owner, int epoch) {}
