package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page records by itself: four streams in one film, with pauses, and nothing left of it in the next room. */
class McuBrowserRecordingTest extends McuCall {
    private static final Picture RED = new Picture(200, 0, 0);
    private static final Picture BLUE = new Picture(0, 0, 200);
    private static final Picture YELLOW = new Picture(200, 200, 0);
    private static final Picture WHITE = new Picture(255, 255, 255);
    /** Of the film: two tiles of 640 x 360 in a row, and a line of 4 between them. */
    private static final double WIDTH = 1284, HEIGHT = 724;

    @Test
    @Tag("MRTC-CALL-18")
    @Tag("MRTC-CALL-19")
    @Tag("MRTC-CB-70")
    @Tag("MRTC-CB-81")
    @Tag("MRTC-REL-01")
    @Tag("MRTC-REL-14")
    @Tag("MRTC-REL-24")
    void fourStreamsAreOneFilmWithoutItsPausesAndTheNextRoomStartsClean(@TempDir Path folder) throws Exception {
        aliceCreates("{auto_publish_subscribe: 4}");
        aliceShowsThreeColoursAtOnce();
        bobJoins("{auto_publish_subscribe: 1, initSubscribe: [{" + SLOT + "}, {" + SECOND_SLOT + "}, {" + THIRD_SLOT
                + "}]}");
        int mine = bobPublishes();
        bob.await("OnSubscribeSucc", 3);
        for (String slot : List.of("v1", "v2", "v3")) bob.until("look('" + slot + "').frames > 0");
        String sids = bob.evaluate("of('OnSubscribeSucc').map(([, , sid]) => sid).join()")
                .asText();

        // A slice is given in minutes.
        bob.call("StartBrowserRecord('film', [" + mine + "," + sids
                + "], {media_type: 3, record_type: 1, time_slice: 0.02})");
        bob.await("OnClientStartRecordSuccess");
        bob.await("OnClientRecordBlob", 3);
        String changing = bob.evaluate("['v1', 'v2', 'v3'].find((id) => look(id).red > 100)")
                .asText();
        bob.call("PauseRecord('film')");
        bob.await("OnClientPauseRecordSuccess");
        // Long enough for three slices, were it not paused; what was on its way at the pause may still come.
        turns(YELLOW, changing);
        int blobs = bob.count("OnClientRecordBlob");
        bob.evaluate("window.before = look('own').frames");
        bob.until("look('own').frames > before + 75");
        assertTrue(bob.count("OnClientRecordBlob") <= blobs + 1, "pieces come during the pause");
        turns(RED, changing);
        bob.evaluate("window.before = look('own').frames");
        bob.until("look('own').frames > before + 10"); // the recording's own view of it may be some pictures behind
        bob.call("ResumeRecord('film')");
        bob.await("OnClientResumeRecordSuccess");
        bob.await("OnClientRecordBlob", blobs + 3);
        turns(BLUE, changing);
        bob.await("OnClientRecordBlob", blobs + 6);
        bob.call("StopRecord('film')");
        bob.await("OnClientStopRecordSuccess");
        Path film = folder.resolve("film.webm");
        bob.page()
                .waitForDownload(() -> bob.call("DownloadRecord('film', 'film.webm')"))
                .saveAs(film);
        looked(film);
        nothingIsLeftInTheNextRoom(sids.split(",")[0], mine);
    }

    private void aliceShowsThreeColoursAtOnce() {
        alice.evaluate("""
                (() => {
                  const box = (id, colour) => document.body.insertAdjacentHTML('beforeend',
                    `<div id="${id}" style="width:320px;height:180px;background:${colour}"></div>`);
                  box('second', 'rgb(0,0,0)');
                  box('third', 'rgb(200,0,0)');
                })()
                """);
        alice.evaluate("""
                (() => {
                  for (const [id, video] of [['region', 'own'], ['second', 'v2'], ['third', 'v3']]) {
                    mcu.Publish({ media_type: 3, publish_device: 4, part_of_screen_id: id, publish_video_id: video, publish_tag: id });
                  }
                })()
                """);
        alice.await("OnPublishSucc", 3);
        assertEquals(
                3,
                alice.evaluate("new Set(of('OnPublishSucc').map(([, sid]) => sid)).size")
                        .asInt());
    }

    private void turns(Picture colour, String slot) {
        alice.evaluate(
                "third.style.background = 'rgb(" + colour.red() + "," + colour.green() + "," + colour.blue() + ")'");
        bob.untilShows(slot, colour);
    }

    private void looked(Path film) throws Exception {
        assertTrue(tile(film, 0, 0).getLast().distance(orange) < 80, "I come first");
        List<Picture> others = List.of(
                tile(film, 1, 0).getLast(),
                tile(film, 0, 1).getLast(),
                tile(film, 1, 1).getLast());
        for (Picture colour : List.of(GREEN, new Picture(0, 0, 0), BLUE)) {
            assertTrue(others.stream().anyMatch(one -> one.distance(colour) < 80), colour + " in " + others);
        }
        for (int place = 1; place < 4; place++) {
            List<Picture> frames = tile(film, place % 2, place / 2);
            assertTrue(frames.stream().noneMatch(one -> one.distance(YELLOW) < 60), "what was shown in the pause");
            boolean changed = frames.getLast().distance(BLUE) < 80;
            assertEquals(
                    changed,
                    frames.stream().anyMatch(one -> one.distance(RED) < 60),
                    "what was before the pause and what came after it are in one file");
        }
        Picture upright = Picture.at(film, 0.5, 641 / WIDTH, 0.1, 2 / WIDTH, 0.3);
        Picture lying = Picture.at(film, 0.5, 0.1, 361 / HEIGHT, 0.3, 2 / HEIGHT);
        assertTrue(upright.distance(WHITE) < 80 && lying.distance(WHITE) < 80, upright + " and " + lying);
    }

    /** The middle of one of the four pictures in every frame. */
    private static List<Picture> tile(Path film, int column, int row) throws Exception {
        return Picture.all(film, column * 0.5 + 0.15, row * 0.5 + 0.1, 0.2, 0.3);
    }

    private void nothingIsLeftInTheNextRoom(String theirs, int mine) {
        bob.call("StartBrowserRecord('left open', [" + mine + ", '" + theirs + "'], {media_type: 3})");
        bob.await("OnClientStartRecordSuccess", 2);
        bob.call("LeaveRoom()");
        bob.await("OnLeaveRoom");
        bob.call("StopRecord('left open')");
        assertEquals(-20331, bob.await("OnClientStopRecordFailed").get(2).asInt());
        assertEquals(1, bob.count("OnClientStopRecordSuccess"));
        var room = alice.await("OnCreateRoomSucc");
        bob.call("JoinRoom('" + room.get(1).asText() + "', '" + room.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc", 2);
        bob.call("Publish({" + CAMERA + "})");
        int again = bob.await("OnPublishSucc", 2).get(1).asInt();
        bob.call("DownloadRecord('film', 'film.webm')");
        assertEquals(-20352, bob.await("OnClientDownloadRecordFailed").get(2).asInt(), "forgotten");
        bob.call("StartBrowserRecord('film', [" + again + "], {media_type: 3})");
        bob.await("OnClientStartRecordSuccess", 3);
    }
}
