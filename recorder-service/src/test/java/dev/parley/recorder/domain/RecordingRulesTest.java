package dev.parley.recorder.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.RecordingCommand.ComposeFailed;
import dev.parley.recorder.domain.RecordingCommand.Composed;
import dev.parley.recorder.domain.RecordingCommand.JournalFailed;
import dev.parley.recorder.domain.RecordingCommand.Pause;
import dev.parley.recorder.domain.RecordingCommand.PictureSize;
import dev.parley.recorder.domain.RecordingCommand.Pictures;
import dev.parley.recorder.domain.RecordingCommand.Resume;
import dev.parley.recorder.domain.RecordingCommand.Stop;
import dev.parley.recorder.domain.RecordingCommand.StreamHeard;
import dev.parley.recorder.domain.RecordingCommand.StreamLost;
import dev.parley.recorder.domain.RecordingCommand.StreamSlow;
import dev.parley.recorder.domain.RecordingCommand.TapOpened;
import dev.parley.recorder.domain.RecordingCommand.Tick;
import dev.parley.recorder.domain.RecordingCommand.Warned;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which event codes a recording reports, and in which state it is then. It is created at 0 ms. */
class RecordingRulesTest {
    private static final RecordingCommand ANN = new StreamHeard("f-ann", "ann", 100);
    private static final RecordingCommand BOB = new StreamHeard("f-bob", "bob", 200);
    private static final Recording.Film FILM = new Recording.Film("recordings/r1/r1.mp4", 1_000, 10, 0);
    private static final Recording.Film SOUND = new Recording.Film("recordings/r1/r1-audio.mp4", 1_000, 5, 1);

    private final List<RecordingRules.Event> events = new ArrayList<>();
    private Recording now;

    @Test
    @Tag("MRTC-RP-09")
    @Tag("MRTC-REL-10")
    void aRecordingBeginsWithAsManyStreamsAsWereAskedForAndWithoutAnyAtOnce() throws Exception {
        begin("{}");
        run(new TapOpened());
        assertEquals(RecordingState.RECORDING, now.state());
        run(ANN); // comes later
        assertCodes(10, 0);

        begin("{\"recordTotalStream\":2}");
        run(new TapOpened(), ANN, ANN);
        assertEquals(RecordingState.STARTING, now.state());
        run(BOB);
        assertEquals(RecordingState.RECORDING, now.state());
        assertCodes(10, 0, 0);
    }

    @Test
    @Tag("MRTC-RP-08")
    @Tag("MRTC-EVT-100004")
    void tooFewStreamsWithinTheStartTimeoutFailIt() throws Exception {
        begin("{\"recordTotalStream\":2}");
        run(new TapOpened(), ANN, new Tick(299_999, TapTrouble.UNREACHABLE));
        assertEquals(RecordingState.STARTING, now.state(), "5 min when streams are asked for");
        run(new Tick(300_000, TapTrouble.UNREACHABLE));
        assertFailed(10, 0, 100004, 99);

        begin("{\"recordTotalStream\":2,\"startTimeout\":7}");
        run(new TapOpened(), ANN, new Tick(7_000, TapTrouble.UNREACHABLE));
        assertFailed(10, 0, 100004, 99);
    }

    @ParameterizedTest
    @EnumSource(TapTrouble.class)
    @Tag("MRTC-RP-08")
    @Tag("MRTC-EVT-100001")
    @Tag("MRTC-EVT-100002")
    @Tag("MRTC-EVT-100003")
    @Tag("MRTC-EVT-100005")
    void aTapThatIsNotOpenAfterTenSecondsFailsItWithTheReason(TapTrouble trouble) throws Exception {
        begin("{}");
        run(new Tick(9_999, trouble));
        assertEquals(RecordingState.STARTING, now.state());
        run(new Tick(10_000, trouble));
        assertFailed(trouble.eventCode, 99);
        assertEquals(
                List.of(100001, 100002, 100003, 100005).get(trouble.ordinal()),
                events.getFirst().eventCode());
    }

    @Test
    @Tag("MRTC-EVT-100006")
    void aStripAmongThePicturesAtTheStartFailsItAndLaterIsAWarning() throws Exception {
        begin("{}");
        run(new TapOpened(), ANN, new PictureSize("ann", 3_840, 1_080, true), new PictureSize("ann", 90, 360, true));
        assertCodes(10, 0);
        run(new PictureSize("ann", 640, 90, true));
        assertFailed(10, 0, 100006, 99);

        begin("{}");
        run(new TapOpened(), ANN, new PictureSize("bob", 90, 640, false));
        assertCodes(10, 0, 50);
        assertEquals(RecordingState.RECORDING, now.state());
    }

    @Test
    @Tag("MRTC-EVT-100007")
    void morePicturesThanWindowsAtTheStartFailItAndLaterAreAWarning() throws Exception {
        String one = "{\"mixPosition\":[{\"index\":1,\"x_offset\":0,\"y_offset\":0,\"width\":160,\"height\":90}]}";
        begin(one);
        run(new TapOpened(), new Pictures(2, true));
        assertFailed(10, 100007, 99);

        begin(one);
        run(new TapOpened(), new Pictures(1, true), new Pictures(2, false));
        assertCodes(10, 50);
        assertEquals(RecordingState.RECORDING, now.state());

        begin("{}");
        run(new TapOpened(), new Pictures(30, true));
        assertCodes(10);
    }

    @Test
    @Tag("MRTC-EVT-500301")
    @Tag("MRTC-EVT-500302")
    void warningsAreReportedOfWhatIsRecordedAndEndNothing() throws Exception {
        begin("{}");
        run(new TapOpened(), new StreamLost("f-ann", "ann"), new StreamSlow("f-ann", "ann", 2));
        assertCodes(10);
        run(ANN, new StreamLost("f-ann", "ann"), new StreamSlow("f-ann", "ann", 1.96), new Warned("slow store"));
        assertCodes(10, 0, 500301, 500302, 50);
        assertEquals("ann shows 2.0 pictures a second", events.get(3).message());
        assertEquals(RecordingState.RECORDING, now.state());
    }

    @Test
    @Tag("MRTC-CALL-22")
    void aStopEndsItOnceAtItsTimeAndNothingIsTakenAfterwards() throws Exception {
        begin("{}");
        run(new TapOpened(), ANN, new Stop(5_000), new Stop(6_000), BOB, new Warned("late"));
        assertCodes(10, 0, 11);
        assertEquals(5_000, now.story().times().stoppedMs());
        assertEquals(RecordingState.COMPOSING, now.state());
    }

    @Test
    void pauseAndResumeAreRefusedInAnyOtherState() throws Exception {
        begin("{\"recordTotalStream\":1}");
        assertThrows(RefusedException.class, () -> run(new Pause()));
        run(new TapOpened(), ANN, new Pause());
        assertThrows(RefusedException.class, () -> run(new Pause()));
        run(new Resume());
        assertThrows(RefusedException.class, () -> run(new Resume()));
        assertCodes(10, 0, 60, 61);
    }

    @Test
    @Tag("MRTC-EVT-99")
    @Tag("MRTC-RCB-02")
    void eachFileHasItsResult() throws Exception {
        begin("{}");
        run(new TapOpened(), ANN, new Stop(5_000), new Composed(List.of(FILM, SOUND), 1_234, "done"));
        assertCodes(10, 0, 11, 99, 99);
        var result = events.getLast().result();
        assertEquals(2, result.status());
        assertEquals(1, result.mediaType());
        assertEquals(1_234, result.recordStartTime());
        assertEquals(SOUND.path(), result.filePath());
        assertEquals(RecordingState.DONE, now.state());
        run(new Stop(9_000), new ComposeFailed(EventCodes.UPLOAD, "late", 0));
        assertCodes(10, 0, 11, 99, 99);
    }

    /** What ends it for good comes before the result; what may pass is tried again without a word. */
    @ParameterizedTest
    @ValueSource(ints = {100101, 100102, 100103, 100104, 100105, 100106, 100201})
    @Tag("MRTC-EVT-100101")
    @Tag("MRTC-EVT-100102")
    @Tag("MRTC-EVT-100103")
    @Tag("MRTC-EVT-100104")
    @Tag("MRTC-EVT-100105")
    @Tag("MRTC-EVT-100201")
    void aFilmThatCannotBeMadeIsReportedWithItsCodeAndAResultOfFailure(int code) throws Exception {
        begin("{}");
        run(new TapOpened(), ANN, new Stop(5_000), new ComposeFailed(code, "passing", 9_000));
        assertCodes(10, 0, 11);
        run(new ComposeFailed(code, "for good", 0));
        assertFailed(10, 0, 11, code, 99);
        assertEquals("for good", now.story().said().message());
    }

    @Test
    @Tag("MRTC-EVT-100103")
    @Tag("MRTC-EVT-100106")
    void whatWasWrittenBeforeTheJournalFailedIsMadeIntoAFilm() throws Exception {
        for (int code : new int[] {EventCodes.FILE_SAVE, EventCodes.DISK_FULL}) {
            begin("{}");
            run(new TapOpened(), ANN, new JournalFailed(code, "disk", 3_000));
            assertCodes(10, 0, code, 11);
            assertEquals(RecordingState.COMPOSING, now.state());
        }
    }

    private void begin(String param) throws Exception {
        var relay = new NodeView(
                "relay", "boot", NodeKind.RELAY, "http://relay", new MediaAddress("relay", 1, ""), "", 0, 0, false, 0);
        var request = new StartRecording(
                "r1",
                "room",
                "bank",
                "app",
                "space",
                relay,
                "",
                "",
                "",
                "",
                new ObjectMapper().readValue(param, RecordParam.class));
        now = Recording.begin(RecordRules.checked(request), "node", 0, 2_500);
        events.clear();
    }

    private void run(RecordingCommand... commands) {
        for (RecordingCommand command : commands) {
            var decision = RecordingRules.decide(now, command);
            now = decision.next();
            events.addAll(decision.events());
        }
    }

    private void assertCodes(Integer... codes) {
        assertEquals(
                List.of(codes),
                events.stream().map(RecordingRules.Event::eventCode).toList());
    }

    private void assertFailed(Integer... codes) {
        assertCodes(codes);
        assertEquals(RecordingState.FAILED, now.state());
        assertEquals(3, events.getLast().result().status());
        int said = now.story().said().eventCode();
        assertTrue(said == codes[codes.length - 2], "the view shows the cause: " + said);
    }
}
