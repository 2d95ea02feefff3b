package dev.parley.vod.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.playback.PlaybackEvent;
import dev.parley.vod.Node;
import dev.parley.vod.domain.Announcements;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Topic {@code playback.events}: {@code playback.event.v1}, key room id. */
@ApplicationScoped
public class PlaybackEventWriter implements Announcements {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Node node;
    private final ObjectMapper json;
    private final MutinyEmitter<Record<String, String>> out;

    PlaybackEventWriter(
            Node node, ObjectMapper json, @Channel("playback-events") MutinyEmitter<Record<String, String>> out) {
        this.node = node;
        this.json = json;
        this.out = out;
    }

    @Override
    public void announce(PlaybackEvent event) {
        var envelope =
                CloudEvent.of(node.source(), "playback.event.v1", event.roomId(), System.currentTimeMillis(), event);
        try {
            out.send(Record.of(event.roomId(), json.writeValueAsString(envelope)))
                    .await()
                    .atMost(TIMEOUT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event record must be writable", e);
        }
    }
}
