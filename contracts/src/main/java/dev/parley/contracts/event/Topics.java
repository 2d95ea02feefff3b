package dev.parley.contracts.event;

/** Kafka topics. Each has one writer service and any number of readers. */
public final class Topics {
    /** Relays, recorders, vod -> master (and whoever wants load): {@code node.heartbeat.v1}, one a second; key node id. */
    public static final String NODE_HEARTBEATS = "node.heartbeats";
    /** Master -> all: {@code node.joined.v1}, {@code node.lost.v1}, {@code node.draining.v1}; key node id. */
    public static final String NODE_EVENTS = "node.events";
    /** Signaling -> signaling and others: the room log after commit; key room id. */
    public static final String ROOM_EVENTS = "room.events";
    /** Signaling, relay -> signaling: what is worthless a second later (speakers, quality); key room id. */
    public static final String ROOM_SIGNALS = "room.signals";
    /** Relay -> signaling: {@code transport.state.v1}; key room id. */
    public static final String RELAY_EVENTS = "relay.events";
    /** Recorder -> signaling: {@code recording.event.v1}; key room id. */
    public static final String RECORDING_EVENTS = "recording.events";
    /** Vod -> signaling: {@code playback.event.v1}; key room id. */
    public static final String PLAYBACK_EVENTS = "playback.events";

    private Topics() {}
}
