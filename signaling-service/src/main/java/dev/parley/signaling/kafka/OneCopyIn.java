package dev.parley.signaling.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.TransportState;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.playback.PlaybackEvent;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.signaling.app.RoomLanes;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.LeaveReason;
import dev.parley.signaling.domain.ParticipantKind;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.Rooms;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** What one copy of all reads, to change rooms by it: nodes, recordings, playbacks, and transports that are somebody's life. All of it is safe to repeat. */
@ApplicationScoped
public class OneCopyIn {
    private static final Logger LOG = Logger.getLogger(OneCopyIn.class);
    private static final int TRIES = 5;
    /** How long the store may be away; below max.poll.interval.ms. */
    private static final long WAIT_MAX_MS = 240_000;

    private static final long WAIT_STEP_MS = 500;
    private final RoomService rooms;
    private final Rooms store;
    private final Media media;
    private final RoomLanes lanes;
    private final ObjectMapper mapper;
    private final Clock clock;

    OneCopyIn(RoomService rooms, Rooms store, Media media, RoomLanes lanes, ObjectMapper mapper, Clock clock) {
        this.rooms = rooms;
        this.store = store;
        this.media = media;
        this.lanes = lanes;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Incoming("one-copy")
    @Blocking
    void take(ConsumerRecord<String, String> record) throws InterruptedException {
        long since = clock.millis();
        for (int attempt = 1; ; attempt++) {
            try {
                apply(mapper.readTree(record.value()));
                return;
            } catch (RefusedException e) {
                // Not the event's fault: Kafka keeps what comes after it.
                if (e.code != ErrorCode.UNAVAILABLE || clock.millis() - since > WAIT_MAX_MS) {
                    LOG.warnf("%s: an event was dropped: %s", record.topic(), e.getMessage());
                    return;
                }
                Thread.sleep(WAIT_STEP_MS);
            } catch (Exception e) {
                LOG.warnf("%s: attempt %d at an event failed: %s", record.topic(), attempt, e.toString());
                if (attempt == TRIES) return;
                Thread.sleep(200L * attempt);
            }
        }
    }

    private void apply(JsonNode event) throws java.io.IOException {
        JsonNode data = event.path("data");
        switch (event.path("type").asText()) {
            case "node.draining.v1" -> draining(mapper.treeToValue(data, NodeEvent.class));
            case "node.joined.v1" -> joined(mapper.treeToValue(data, NodeEvent.class));
            case "node.lost.v1" -> lost(mapper.treeToValue(data, NodeEvent.class));
            case "transport.state.v1" -> transport(mapper.treeToValue(data, TransportState.class));
            case "recording.event.v1" -> {
                var e = mapper.treeToValue(data, RecordingEvent.class);
                rooms.executeIfThere(
                        e.roomId(),
                        new RoomCommand.RecordingProgress(
                                e.recordId(),
                                e.seq(),
                                e.eventCode(),
                                e.message() == null ? "" : e.message(),
                                e.feedId() == null ? "" : e.feedId()));
            }
            case "playback.event.v1" -> {
                var e = mapper.treeToValue(data, PlaybackEvent.class);
                rooms.executeIfThere(
                        e.roomId(),
                        new RoomCommand.PlaybackProgress(
                                e.vodId(), e.state(), e.message() == null ? "" : e.message(), clock.millis()));
            }
            default -> {} // not for us
        }
    }

    private void transport(TransportState state) {
        boolean over = state.state().equals("failed") || state.state().equals("closed");
        if (!over || !state.participantId().startsWith(ParticipantKind.WHIP.idPrefix() + "-")) return;
        rooms.executeIfThere(
                state.roomId(),
                new RoomCommand.Leave(
                        state.participantId(),
                        state.state().equals("failed") ? LeaveReason.LOST : LeaveReason.LEFT,
                        clock.millis()));
    }

    /** As {@link #lost}, but what is there goes on meanwhile. A relay that does not answer still gets nothing new, by master. */
    private void draining(NodeEvent node) {
        if (node.kind() != NodeKind.RELAY) return;
        try {
            media.drain(node.url());
        } catch (RefusedException e) {
            LOG.warnf("relay %s was not told to drain: %s", node.nodeId(), e.getMessage());
        }
        leave(node.nodeId());
    }

    /** Rooms that had to stay on relays that drain have somewhere to go now. */
    private void joined(NodeEvent node) {
        if (node.kind() == NodeKind.RELAY) media.drainingRelays().forEach(this::leave);
    }

    private void leave(String nodeId) {
        for (String roomId : store.placedOn(nodeId)) lanes.submit(roomId, () -> rooms.moveFrom(nodeId, roomId));
    }

    /** Its rooms get a new place each; the rooms do not wait for each other. */
    private void lost(NodeEvent node) {
        if (node.kind() != NodeKind.RELAY) return;
        for (String roomId : store.placedOn(node.nodeId())) lanes.submit(roomId, () -> rooms.placeAnew(roomId));
    }
}
