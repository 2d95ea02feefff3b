package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.testsupport.net.LinkProfile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the relay says of a feed whose network falls and recovers. The publisher sends 25 pictures and 75 kB a second and a voice of 54 kbit/s. */
class FeedQualityTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    private final SimCall call = new SimCall(11, true);
    private final SimCall.Leg leg = call.subscribe(true);

    FeedQualityTest() {
        call.toRelay.profile(LINK);
        call.toPublisher.profile(LINK);
        leg.toSubscriber.profile(LINK);
        leg.fromSubscriber.profile(LINK);
        leg.subscriber.video.strict = false; // heavy loss is part of it
    }

    @AfterEach
    void close() {
        call.close();
    }

    private FeedQuality coming(MediaKind kind) {
        return call.room.stats(call.simulation.nowNs()).feeds().getFirst().tracks().stream()
                .filter(track -> track.kind() == kind)
                .findFirst()
                .orElseThrow()
                .quality();
    }

    private List<QualitySignal> up() {
        return call.qualities.stream().filter(q -> q.receiverId().isEmpty()).toList();
    }

    private List<QualitySignal> down() {
        return call.qualities.stream().filter(q -> !q.receiverId().isEmpty()).toList();
    }

    @Test
    void aGoodNetworkIsMeasuredAndNothingIsSaid() {
        call.simulation.run(20 * S);
        FeedQuality video = coming(MediaKind.VIDEO);
        assertEquals(25, video.fps(), 2);
        assertEquals(600_000, video.bits(), 200_000);
        assertEquals(0, video.loss());
        FeedQuality audio = coming(MediaKind.AUDIO);
        assertEquals(50 * (96 + 40) * 8, audio.bits(), 3_000, "with headers");
        assertTrue(audio.mos() > 4.2, "mos " + audio.mos());
        assertTrue(audio.jitterMs() > 0 && audio.jitterMs() < 5, "jitter " + audio.jitterMs());
        assertEquals(List.of(), call.qualities);
    }

    @Test
    void heavyLossOnTheWayUpIsAnAlarmForAllAndItsEndIsTold() {
        call.simulation.run(5 * S);
        call.toRelay.profile(LINK.withLoss(0.4));
        call.simulation.run(6 * S);
        assertEquals(1, up().size(), "said once: " + up());
        QualitySignal alarm = up().getFirst();
        assertTrue(alarm.weak());
        assertEquals(SimCall.FEED, alarm.feedId());
        assertEquals(0.4, alarm.quality().loss(), 0.2);
        call.simulation.run(15 * S);
        assertTrue(up().size() >= 2 && up().stream().allMatch(QualitySignal::weak), "again while it lasts");
        call.toRelay.profile(LINK);
        call.simulation.run(12 * S);
        assertFalse(up().getLast().weak(), "well again");
    }

    @Test
    void aRateBelowTheLimitIsAnAlarmOfTheCameraButNotWhileItIsMuted() {
        call.publisher.videoBytesPerFrame = 200;
        call.simulation.run(6 * S);
        assertTrue(up().getLast().weak(), "below 200 kbit/s");
        call.publisher.videoBytesPerFrame = 3_000;
        call.simulation.run(10 * S);
        assertFalse(up().getLast().weak());
        int said = up().size();
        call.publisher.videoBytesPerFrame = 200;
        call.room.control(SimCall.FEED, new FeedControl(false, true));
        call.simulation.run(20 * S);
        assertEquals(said, up().size(), "what is left is a voice without loss");
    }

    @Test
    void lossOnTheWayDownIsTheReceiversAlone() {
        var other = call.subscribe(true);
        other.toSubscriber.profile(LINK);
        other.fromSubscriber.profile(LINK);
        call.simulation.run(5 * S);
        leg.toSubscriber.profile(LINK.withLoss(0.4));
        call.simulation.run(10 * S);
        assertEquals(List.of(), up());
        assertFalse(down().isEmpty());
        assertTrue(down().stream().allMatch(q -> q.weak() && q.receiverId().equals("s-0")), down().toString());
        assertEquals(40, down().getFirst().quality().roundTripMs(), 20);
        leg.toSubscriber.profile(LINK);
        call.simulation.run(15 * S);
        assertFalse(down().getLast().weak());
    }

    @Test
    void aPublisherWhoSendsNothingForAWhileIsNotJudged() {
        try (var alone = new SimCall(12, true)) { // receivers of the simulation take the pause for a fault
            alone.simulation.run(5 * S);
            alone.publisher.sending = false;
            alone.simulation.run(20 * S);
            alone.publisher.sending = true;
            alone.simulation.run(900 * MS);
            assertEquals(List.of(), alone.qualities);
        }
    }
}
