package dev.parley.signaling.app;

import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Files played into rooms by a virtual participant. */
@ApplicationScoped
public class PlaybackService {
    /** Made by the suite at its first start. */
    private static final String BOT_CLIP = "vod/bot.mp4";

    private final RoomService rooms;
    private final Workers workers;
    private final Media media;
    private final Clock clock;

    private final Documents documents;

    PlaybackService(RoomService rooms, Workers workers, Media media, Clock clock, Documents documents) {
        this.documents = documents;
        this.rooms = rooms;
        this.workers = workers;
        this.media = media;
        this.clock = clock;
    }

    public record Started(String vodId, String participantId, String feedId) {}

    /** @param file "" = the bot's clip */
    public Started start(String roomId, String by, String file, int timeoutSeconds, boolean loop, Step step) {
        rooms.place(rooms.get(roomId));
        NodeView player = workers.pick(NodeKind.VOD);
        var started = new Started(Ids.make("vod"), Ids.make("p"), Ids.make("f"));
        Outcome outcome = rooms.execute(
                roomId,
                new RoomCommand.StartPlayback(
                        by, started.vodId, started.participantId, started.feedId, player.url(), clock.millis()),
                step.answering(_ -> started));
        if (outcome.repeated() != null) return documents.read(outcome.repeated(), Started.class);
        var virtual = outcome.after().participant(started.participantId);
        FeedInfo info =
                virtual.info(outcome.after().playbacks().get(started.vodId).feed());
        try {
            workers.startPlayback(
                    player.url(),
                    new StartPlayback(
                            started.vodId,
                            roomId,
                            media.place(roomId).node(),
                            info,
                            file.isEmpty() ? BOT_CLIP : file,
                            timeoutSeconds,
                            loop));
        } catch (RefusedException e) {
            rooms.execute(
                    roomId, new RoomCommand.PlaybackProgress(started.vodId, "failed", e.getMessage(), clock.millis()));
            throw e;
        }
        return started;
    }

    public void stop(String roomId, String by, String vodId) {
        rooms.execute(roomId, new RoomCommand.StopPlayback(by, vodId, clock.millis()));
    }
}
