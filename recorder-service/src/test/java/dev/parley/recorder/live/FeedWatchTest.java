package dev.parley.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.recorder.compose.Clips;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is noticed of the feeds of a room; the clocks are the test's. */
class FeedWatchTest {
    private final List<String> said = new ArrayList<>();
    private long nanos = 1_000_000_000L;
    private final FeedWatch watch = watch(true);
    private int sequence;

    private FeedWatch watch(boolean beginning) {
        return new FeedWatch(
                new FeedWatch.Heard() {
                    @Override
                    public void first(FeedWatch.Feed feed, long atMs) {
                        said.add("first " + feed.feedId() + " " + atMs);
                    }

                    @Override
                    public void pictures(int count, boolean atStart) {
                        said.add("pictures " + count + (atStart ? " at start" : ""));
                    }

                    @Override
                    public void size(FeedWatch.Feed feed, int width, int height, boolean atStart) {
                        said.add("size " + feed.feedId() + " " + width + "x" + height + (atStart ? " at start" : ""));
                    }

                    @Override
                    public void slow(FeedWatch.Feed feed, double perSecond) {
                        said.add("slow " + feed.feedId() + " " + Math.round(10 * perSecond));
                    }
                },
                beginning,
                () -> nanos);
    }

    @Test
    @Tag("MRTC-EVT-500302")
    void aCameraOfTwoPicturesASecondIsSlowUntilItIsFasterAgainAndAScreenNever() {
        TrackEvent camera = track("ann", "camera", 1);
        TrackEvent screen = track("bob", "screen", 2);
        watch.track(camera);
        watch.track(screen);
        pictures(camera, 0, 25_000, 500);
        pictures(screen, 0, 25_000, 500);
        pictures(camera, 25_000, 40_000, 100);
        pictures(camera, 40_000, 61_000, 1_000);
        assertEquals(List.of("first f-ann 0", "slow f-ann 20", "first f-bob 0", "slow f-ann 10"), said);
    }

    @Test
    void whatWasMutedOrNotListenedToIsNotSlow() {
        TrackEvent camera = track("ann", "camera", 1);
        watch.track(camera);
        pictures(camera, 0, 5_000, 100);
        watch.track(camera.as(TrackEvent.UPDATED, true));
        watch.track(camera.as(TrackEvent.UPDATED, false));
        pictures(camera, 65_000, 70_000, 100);
        watch.closed();
        pictures(camera, 130_000, 135_000, 100);
        assertEquals(List.of("first f-ann 0"), said);
    }

    @Test
    @Tag("MRTC-EVT-500301")
    void aFeedThatFallsSilentIsSaidOnceUnlessItIsMutedOrTheTapIsClosed() {
        TrackEvent camera = track("ann", "camera", 1);
        TrackEvent quiet = track("bob", "camera", 2);
        watch.track(camera);
        watch.track(quiet);
        pictures(camera, 0, 100, 50);
        pictures(quiet, 0, 100, 50);
        watch.track(quiet.as(TrackEvent.UPDATED, true));
        nanos += FeedWatch.SILENT_NANOS;
        assertEquals(List.of(), watch.silent());
        nanos += 1;
        assertEquals(List.of(new FeedWatch.Feed("f-ann", "ann")), watch.silent());
        assertEquals(List.of(), watch.silent());
        pictures(camera, 200, 300, 50);
        watch.closed();
        nanos += 2 * FeedWatch.SILENT_NANOS;
        assertEquals(List.of(), watch.silent());
    }

    @Test
    @Tag("MRTC-EVT-100007")
    void picturesAreCountedWhenAllWereToldAndThenWhenThereAreMore() {
        watch.track(track("ann", "camera", 1));
        watch.track(track("bob", "camera", 2));
        watch.allTold();
        watch.allTold();
        watch.track(track("eve", "camera", 3));
        watch.track(track("eve", "camera", 3).as(TrackEvent.ENDED, false));
        watch.track(track("eve", "camera", 4));
        assertEquals(List.of("pictures 2 at start", "pictures 3", "pictures 3"), said);

        said.clear();
        FeedWatch takenUp = watch(false);
        takenUp.track(track("ann", "camera", 1));
        takenUp.allTold();
        assertEquals(List.of("pictures 1"), said, "a recording that goes on does not begin");
    }

    @Test
    @Tag("MRTC-EVT-100006")
    void theSizeOfThePicturesIsReadFromTheFirstKeyFrame() throws Exception {
        TrackEvent camera = track("ann", "camera", 1);
        watch.track(camera);
        watch.allTold();
        said.clear();
        for (Clips.Unit frame : Clips.vp8("red", "320x48", 10, 1)) {
            ByteBuf packet = rtp(camera, true);
            packet.writeByte(0x10).writeBytes(frame.data());
            watch.packet(packet, frame.timeMs());
        }
        assertEquals(List.of("first f-ann 0", "size f-ann 320x48 at start"), said);
    }

    private void pictures(TrackEvent track, long fromMs, long toMs, long everyMs) {
        for (long ms = fromMs; ms < toMs; ms += everyMs) {
            for (boolean last : new boolean[] {false, true}) {
                ByteBuf packet = rtp(track, last);
                packet.writeByte(0x00).writeByte(1);
                watch.packet(packet, ms);
            }
        }
    }

    private ByteBuf rtp(TrackEvent track, boolean marker) {
        return Unpooled.buffer()
                .writeByte(0x80)
                .writeByte(track.payloadType() | (marker ? 0x80 : 0))
                .writeShort(sequence++)
                .writeInt(sequence * 9_000)
                .writeInt((int) track.ssrc());
    }

    private static TrackEvent track(String uid, String source, long ssrc) {
        var feed = new FeedInfo("f-" + uid, "p-" + uid, uid, uid, "", source);
        return new TrackEvent(
                TrackEvent.STARTED, feed, MediaKind.VIDEO, ssrc, "VP8", 96, 90_000, 0, "", false, Map.of());
    }
}
