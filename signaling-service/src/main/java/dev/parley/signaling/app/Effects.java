package dev.parley.signaling.app;

import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedControl;
import dev.parley.signaling.domain.Effect;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.Rooms;
import dev.parley.signaling.domain.port.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Has done, at the services that do the work, what decisions ask for. In order per room; tried {@link #TRIES} times. */
@ApplicationScoped
public class Effects {
    private static final Logger LOG = Logger.getLogger(Effects.class);
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final RoomLanes lanes;
    private final Media media;
    private final Workers workers;
    private final Rooms store;
    private final RecordingService recordings;

    Effects(RoomLanes lanes, Media media, Workers workers, Rooms store, RecordingService recordings) {
        this.lanes = lanes;
        this.media = media;
        this.workers = workers;
        this.store = store;
        this.recordings = recordings;
    }

    void submit(String roomId, List<Effect> effects) {
        for (Effect effect : effects) lanes.submit(roomId, () -> tryHard(roomId, effect));
    }

    private void tryHard(String roomId, Effect effect) {
        for (int attempt = 1; ; attempt++) {
            try {
                apply(roomId, effect);
                return;
            } catch (RefusedException e) {
                if (attempt == TRIES) {
                    if (effect instanceof Effect.AutoRecord) recordings.automaticFailed(roomId, e.getMessage());
                    LOG.warnf("room %s: %s was not done: %s", roomId, effect, e.getMessage());
                    return;
                }
                pause(attempt);
            }
        }
    }

    private void apply(String roomId, Effect effect) {
        switch (effect) {
            case Effect.ReleaseTransports e -> {
                for (Direction direction : Direction.values())
                    media.removeTransport(e.media(), roomId, Participant.transportId(e.participantId(), direction));
            }
            case Effect.EndFeed e -> media.endFeed(e.media(), roomId, e.feedId());
            case Effect.MuteFeed e ->
                media.control(e.media(), roomId, e.feedId(), new FeedControl(e.audio(), e.video()));
            case Effect.StopRecording e ->
                workers.stopRecording(e.recording().nodeUrl(), e.recording().recordId());
            case Effect.StopPlayback e ->
                workers.stopPlayback(e.playback().nodeUrl(), e.playback().vodId());
            case Effect.AutoRecord _ -> recordings.startAutomatically(roomId);
            case Effect.ReleaseMedia e -> {
                media.release(e.media(), roomId);
                store.mediaReleased(roomId);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.multipliedBy(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
