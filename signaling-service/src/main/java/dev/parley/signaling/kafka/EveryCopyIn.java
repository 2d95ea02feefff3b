package dev.parley.signaling.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.contracts.media.TransportState;
import dev.parley.signaling.app.Beans;
import dev.parley.signaling.domain.Audience;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.port.Sockets;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** What every copy reads, to push it to its own sockets: the rooms' logs, signals, and what relays see of transports. */
@ApplicationScoped
public class EveryCopyIn {
    private static final Logger LOG = Logger.getLogger(EveryCopyIn.class);
    private final Sockets sockets;
    private final ObjectMapper mapper;
    private final String source;

    EveryCopyIn(Sockets sockets, ObjectMapper mapper, Beans.Instance instance) {
        this.source = SignalsOut.source(instance);
        this.sockets = sockets;
        this.mapper = mapper;
    }

    /** On the way up it is everybody's news, on the way down his who receives. */
    private void quality(QualitySignal signal) throws IOException {
        boolean up = signal.receiverId().isEmpty();
        FeedQuality q = signal.quality();
        var data = new LinkedHashMap<String, Object>();
        data.put("participantId", signal.participantId());
        data.put("feedId", signal.feedId());
        data.put("kind", signal.kind());
        data.put("direction", up ? "up" : "down");
        data.put("weak", signal.weak());
        data.put("bits", q.bits());
        data.put("loss", q.loss());
        data.put("jitterMs", q.jitterMs());
        data.put("roundTripMs", q.roundTripMs());
        data.put("fps", q.fps());
        data.put("width", q.width());
        data.put("height", q.height());
        data.put("mos", q.mos());
        String json = mapper.writeValueAsString(data);
        if (up) sockets.toRoom(signal.roomId(), "quality", json);
        else sockets.toParticipant(signal.roomId(), signal.receiverId(), "quality", json);
    }

    private boolean isOwn(JsonNode event) {
        return event.path("source").asText().equals(source);
    }

    @Incoming("every-copy")
    @Blocking
    void take(ConsumerRecord<String, String> record) {
        try {
            JsonNode event = mapper.readTree(record.value());
            JsonNode data = event.path("data");
            switch (event.path("type").asText()) {
                case "room.logged.v1" ->
                    sockets.logged(new LogEntry(
                            data.path("roomId").asText(),
                            data.path("seq").asLong(),
                            data.path("type").asText(),
                            Audience.parse(data.path("audience").asText()),
                            data.path("data").toString()));
                case "speakers.v1" ->
                    sockets.toRoom(
                            data.path("roomId").asText(),
                            "speakers",
                            mapper.writeValueAsString(Map.of(
                                    "speakers",
                                    data.path("speakers"),
                                    "dominantParticipantId",
                                    data.path("dominantParticipantId").asText(),
                                    "dominantFeedId",
                                    data.path("dominantFeedId").asText())));
                case "encodings.v1" ->
                    sockets.toParticipant(
                            data.path("roomId").asText(),
                            data.path("participantId").asText(),
                            "encodings",
                            mapper.writeValueAsString(
                                    Map.of("feedId", data.path("feedId"), "rids", data.path("rids"))));
                case "quality.v1" -> quality(mapper.treeToValue(data, QualitySignal.class));
                case "transport.state.v1" -> {
                    var state = mapper.treeToValue(data, TransportState.class);
                    sockets.toParticipant(
                            state.roomId(),
                            state.participantId(),
                            "transport",
                            mapper.writeValueAsString(Map.of("direction", state.direction(), "state", state.state())));
                }
                case SignalsOut.USER_PUSH -> {
                    if (!isOwn(event))
                        sockets.toUser(
                                data.path("bizName").asText(),
                                data.path("uid").asText(),
                                data.path("type").asText(),
                                data.path("roomId").asText(),
                                data.path("data").toString());
                }
                case SignalsOut.SESSION_GONE -> {
                    if (!isOwn(event))
                        sockets.sessionGone(
                                data.path("sessionId").asText(),
                                data.path("epochBelow").asInt());
                }
                default -> {} // a newer type; not for us
            }
        } catch (Exception e) {
            LOG.warnf("%s: an event was dropped: %s", record.topic(), e.toString());
        }
    }
}
