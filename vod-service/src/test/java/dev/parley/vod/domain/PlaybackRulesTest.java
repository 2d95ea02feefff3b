package dev.parley.vod.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.vod.domain.PlaybackCommand.IngressLost;
import dev.parley.vod.domain.PlaybackCommand.InputEnded;
import dev.parley.vod.domain.PlaybackCommand.InputFailed;
import dev.parley.vod.domain.PlaybackCommand.PacketSent;
import dev.parley.vod.domain.PlaybackCommand.Stop;
import dev.parley.vod.domain.PlaybackCommand.Tick;
import dev.parley.vod.domain.PlaybackCommand.WorkerLost;
import dev.parley.vod.domain.PlaybackState.Failed;
import dev.parley.vod.domain.PlaybackState.Over;
import dev.parley.vod.domain.PlaybackState.Playing;
import dev.parley.vod.domain.PlaybackState.Starting;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlaybackRulesTest {
    private static final Starting STARTING = new Starting(5_000);
    private static final Playing PLAYING = new Playing();

    @Test
    @Tag("MRTC-CALL-32")
    void theFirstPacketMakesItPlay() {
        assertEquals(PLAYING, PlaybackRules.decide(STARTING, new PacketSent()));
    }

    @Test
    void laterPacketsChangeNothing() {
        assertSame(PLAYING, PlaybackRules.decide(PLAYING, new PacketSent()));
    }

    @Test
    @Tag("MRTC-CB-56")
    void failsWhenTheFirstPacketIsLate() {
        assertSame(STARTING, PlaybackRules.decide(STARTING, new Tick(4_999)));
        assertEquals(new Failed("No media came in time."), PlaybackRules.decide(STARTING, new Tick(5_000)));
    }

    @Test
    void timeDoesNotEndWhatPlays() {
        assertSame(PLAYING, PlaybackRules.decide(PLAYING, new Tick(Long.MAX_VALUE)));
    }

    @Test
    void failsWhenTheFileEndsBeforeAnythingWasSent() {
        assertEquals(new Failed("The file has nothing to play."), PlaybackRules.decide(STARTING, new InputEnded()));
    }

    @Test
    @Tag("MRTC-CB-59")
    void theEndOfTheFileIsOver() {
        assertEquals(new Over("The file has played to its end."), PlaybackRules.decide(PLAYING, new InputEnded()));
    }

    @Test
    @Tag("MRTC-CALL-33")
    void aStopIsOverAtAnyTime() {
        assertEquals(new Over("Stopped."), PlaybackRules.decide(STARTING, new Stop()));
        assertEquals(new Over("Stopped."), PlaybackRules.decide(PLAYING, new Stop()));
    }

    @Test
    void aFaultOfFileRelayOrWorkerFailsAtAnyTime() {
        for (PlaybackState state : List.of(STARTING, PLAYING)) {
            assertEquals(new Failed("file"), PlaybackRules.decide(state, new InputFailed("file")));
            assertEquals(new Failed("relay"), PlaybackRules.decide(state, new IngressLost("relay")));
            assertEquals(new Failed("worker"), PlaybackRules.decide(state, new WorkerLost("worker")));
        }
    }

    @Test
    void nothingLeadsOutOfAFinalStateWhateverTheOrder() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            PlaybackState state = STARTING;
            for (int i = 0; i < 50; i++) {
                PlaybackState next = PlaybackRules.decide(state, command(random));
                if (state.isFinal()) assertSame(state, next, "seed " + seed);
                if (state instanceof Playing) assertTrue(!(next instanceof Starting), "seed " + seed);
                state = next;
            }
        }
    }

    private static PlaybackCommand command(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> new InputEnded();
            case 1 -> new InputFailed("file");
            case 2 -> new IngressLost("relay");
            case 3 -> new Stop();
            case 4 -> new WorkerLost("worker");
            case 5, 6, 7 -> new PacketSent();
            default -> new Tick(random.nextLong(10_000));
        };
    }
}
