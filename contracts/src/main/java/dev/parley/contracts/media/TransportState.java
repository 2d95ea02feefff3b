package dev.parley.contracts.media;

/** Data of {@code transport.state.v1} on {@code relay.events}. State: connecting, connected, disconnected, failed, closed. */
public record TransportState(
        String roomId, String nodeId, String participantId, String transportId, Direction direction, String state) {}
