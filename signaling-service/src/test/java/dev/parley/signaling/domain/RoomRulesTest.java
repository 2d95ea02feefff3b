package dev.parley.signaling.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.TrackBinding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoomRulesTest {
    private static final RoomLimits LIMITS = new RoomLimits(10, 2, 4, 1, 1, 5_000, FileRulesTest.LIMITS);

    @Test
    void theOwnerEntersAsHostWithoutTokenAndPinEvenWhenLocked() {
        RoomState room = room(2, "1234");
        room = apply(room, join("p1", "owner", "", ""));
        assertEquals(Role.HOST, room.participant("p1").role());
        room = apply(room, new RoomCommand.Lock("p1", true));
        assertEquals(ErrorCode.ROOM_LOCKED, refused(room, join("p2", "ann", "rt", "1234")));
        room = apply(room, new RoomCommand.Leave("p1", LeaveReason.LEFT, 5));
        assertTrue(apply(room, join("p3", "owner", "", "")).participant("p3") != null);
    }

    @Test
    void admissionTellsAStrangerNothingBeforeItsToken() {
        RoomState room = room(1, "1234");
        assertEquals(ErrorCode.ROOM_TOKEN_WRONG, refused(room, join("p1", "ann", "wrong", "")));
        assertEquals(ErrorCode.PIN_REQUIRED, refused(room, join("p1", "ann", "rt", "12")));
        RoomState full = apply(room, join("p1", "ann", "rt", "1234"));
        assertEquals(ErrorCode.ROOM_FULL, refused(full, join("p2", "bob", "rt", "1234")));
        assertEquals(ErrorCode.ROOM_TOKEN_WRONG, refused(full, join("p2", "bob", "", "1234")));
    }

    @Test
    @Tag("MRTC-CON-03")
    void aRoomDoesNotExistForOtherApplications() {
        var stranger = new Identity("else", "ann", "Ann", "", Role.HOST, Set.of());
        assertEquals(ErrorCode.ROOM_NOT_FOUND, refused(room(2, ""), join(stranger, "p1", "rt", "")));
    }

    @Test
    void aTokenForOneRoomOpensThatAndNoOther() {
        var here = new Identity("demo", "ann", "Ann", "room", Role.GUEST, Set.of());
        assertEquals(
                "p1",
                apply(room(2, ""), join(here, "p1", "", "")).participant("p1").participantId());
        var there = new Identity("demo", "ann", "Ann", "other", Role.GUEST, Set.of());
        assertEquals(ErrorCode.NOT_ALLOWED, refused(room(2, ""), join(there, "p1", "rt", "")));
    }

    @Test
    void whoLeavesTakesFeedsSubscriptionsRecordingAndPlaybackAlong() {
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        room = apply(room, join("p2", "bob", "rt", ""));
        room = apply(room, publish("p1", "f1", "0"));
        room = apply(room, publish("p2", "f2", "0"));
        room = apply(room, new RoomCommand.Subscribe("p2", List.of(new TrackBinding("0", "f1", MediaKind.AUDIO))));
        room = apply(room, new RoomCommand.Subscribe("p1", List.of(new TrackBinding("0", "f2", MediaKind.AUDIO))));
        room = apply(room, new RoomCommand.StartRecording("p1", "rec", "", 0, "http://r"));
        room = apply(room, new RoomCommand.StartPlayback("p1", "v", "pv", "fv", "http://v", 3));
        room = apply(room, new RoomCommand.PlaybackProgress("v", "playing", "", 4));
        var decision = RoomRules.decide(room, new RoomCommand.Leave("p1", LeaveReason.LOST, 9), LIMITS);
        assertEquals(
                List.of(
                        "feedUnpublished",
                        "unsubscribed",
                        "participantLeft",
                        "roomUpdated",
                        "feedUnpublished",
                        "participantLeft",
                        "playback"),
                decision.events().stream().map(e -> e.event().type()).toList());
        assertEquals(Set.of("p2"), decision.next().participants().keySet());
        assertTrue(decision.next().participant("p2").subscriptions().isEmpty());
        var left = (RoomEvent.ParticipantLeft) decision.events().get(2).event();
        assertEquals(2, left.exitType(), "lost is abnormal");
        var effects = Effect.of(room, decision.next());
        assertTrue(effects.stream().anyMatch(e -> e instanceof Effect.StopRecording));
        assertTrue(effects.stream().anyMatch(e -> e instanceof Effect.StopPlayback));
    }

    /** Who subscribed to the feed before its first packet was in the room would be refused by the relay. */
    @Test
    void aPlayedFileIsAFeedWhenItPlaysAndOnlyOnce() {
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        var start = new RoomCommand.StartPlayback("p1", "v", "pv", "fv", "http://v", 3);
        assertEquals(List.of("participantJoined"), types(RoomRules.decide(room, start, LIMITS)));
        room = apply(room, start);
        assertTrue(room.participant("pv").feeds().isEmpty());
        var playing = new RoomCommand.PlaybackProgress("v", "playing", "", 4);
        assertEquals(List.of("feedPublished", "playback"), types(RoomRules.decide(room, playing, LIMITS)));
        room = apply(room, playing);
        assertEquals("fv", room.participant("pv").feeds().getFirst().feedId());
        assertEquals(List.of("playback"), types(RoomRules.decide(room, playing, LIMITS)));
        var failed = new RoomCommand.PlaybackProgress("v", "failed", "", 5);
        assertEquals(
                List.of("feedUnpublished", "participantLeft", "playback"),
                types(RoomRules.decide(room, failed, LIMITS)));
    }

    private static List<String> types(Decision decision) {
        return decision.events().stream().map(e -> e.event().type()).toList();
    }

    @Test
    @Tag("MRTC-RP-23b")
    void aRecordingOfEndTypeOneOutlivesItsStarterAndEndsWithTheRoom() {
        RoomState room = apply(room(5, ""), join("p1", "owner", "", ""));
        room = apply(room, new RoomCommand.StartRecording("p1", "rec", "", 1, "http://r"));
        room = apply(room, new RoomCommand.Leave("p1", LeaveReason.LEFT, 9));
        assertEquals("rec", room.liveRecording());
        RoomState ended = apply(room, new RoomCommand.Tick(9 + LIMITS.emptyGraceMs()));
        assertTrue(ended.ended());
        assertEquals("", ended.liveRecording());
        assertTrue(Effect.of(room, ended).stream().anyMatch(e -> e instanceof Effect.StopRecording));
    }

    @Test
    @Tag("MRTC-AND-09")
    void aRoomThatEndsWhenEmptyIsOverWithItsLastParticipantButNotBeforeTheFirst() {
        RoomState room = RoomRules.create(null, info(), new RoomSettings("", 5, "", false, false, false, true), LIMITS)
                .next();
        room = apply(room, new RoomCommand.Tick(2));
        room = apply(room, join("p1", "ann", "rt", ""));
        room = apply(room, join("p2", "bob", "rt", ""));
        room = apply(room, new RoomCommand.Leave("p1", LeaveReason.LEFT, 5));
        room = apply(room, join("p3", "ann", "rt", ""));
        room = apply(room, new RoomCommand.Leave("p2", LeaveReason.LEFT, 6));
        Decision last = RoomRules.decide(room, new RoomCommand.Leave("p3", LeaveReason.LOST, 7), LIMITS);
        assertEquals(List.of("participantLeft", "roomEnded"), types(last));
        assertTrue(last.next().ended());
        assertEquals(
                ErrorCode.ROOM_ENDED,
                RoomRules.decide(last.next(), join("p4", "ann", "rt", ""), LIMITS)
                        .refusal());
    }

    @Test
    void anEmptyRoomEndsOnlyAfterItsGraceTime() {
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        room = apply(room, new RoomCommand.Leave("p1", LeaveReason.LEFT, 1_000));
        assertFalse(apply(room, new RoomCommand.Tick(5_999)).ended());
        assertTrue(apply(room, new RoomCommand.Tick(6_000)).ended());
        RoomState back = apply(room, join("p2", "ann", "rt", ""));
        assertFalse(apply(back, new RoomCommand.Tick(60_000)).ended());
    }

    @Test
    void aCohostMayKickAGuestButNotTheHost() {
        RoomState room = apply(room(5, ""), join("p1", "owner", "", ""));
        room = apply(room, join("p2", "ann", "rt", ""));
        room = apply(room, join("p3", "bob", "rt", ""));
        assertEquals(ErrorCode.NOT_ALLOWED, refused(room, new RoomCommand.Kick("p2", "p3", 1)));
        room = apply(room, new RoomCommand.SetRole("p1", "p2", Role.COHOST));
        assertEquals(ErrorCode.NOT_ALLOWED, refused(room, new RoomCommand.Kick("p2", "p1", 1)));
        assertNull(apply(room, new RoomCommand.Kick("p2", "p3", 1)).participant("p3"));
    }

    @Test
    void whatLivesByItsTransportIsGoneWhenTheMediaMoves() {
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        room = apply(room, new RoomCommand.Place(new MediaPlace(1, "a", "http://a"), 1));
        room = apply(room, new RoomCommand.Join(ann(), "w-1", ParticipantKind.WHIP, "whip", "rt", "", Json.NULL, 1));
        var moved = RoomRules.decide(room, new RoomCommand.Place(new MediaPlace(2, "b", "http://b"), 2), LIMITS);
        assertEquals(Set.of("p1"), moved.next().participants().keySet());
        assertEquals(new RoomEvent.MediaMoved(2), moved.events().getFirst().event());
        assertEquals(
                moved.next(),
                apply(moved.next(), new RoomCommand.Place(new MediaPlace(1, "a", "http://a"), 3)),
                "a late answer about the old place changes nothing");
    }

    @Test
    void whoIsMutedByAHostStaysMutedUntilUnmuted() {
        RoomState room = apply(room(5, ""), join("p1", "owner", "", ""));
        room = apply(room, join("p2", "ann", "rt", ""));
        room = apply(room, publish("p2", "f", "0"));
        assertEquals(ErrorCode.FEED_NOT_FOUND, refused(room, new RoomCommand.Mute("p1", "gone", true, null)));
        RoomState muted = apply(room, new RoomCommand.Mute("p1", "f", true, true));
        assertTrue(muted.publisherOf("f").feed("f").audioMuted());
        assertFalse(muted.publisherOf("f").feed("f").videoMuted(), "the feed has no video");
        assertEquals(List.of(new Effect.MuteFeed(MediaPlace.NOWHERE, "f", true, false)), Effect.of(room, muted));
    }

    @Test
    @Tag("MRTC-RP-01")
    void ofASilentRecordingNobodyButItsStarterHears() {
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        room = apply(room, join("p2", "bob", "rt", ""));
        var start = new RoomCommand.StartRecording("p1", "rec", "", 0, "http://r", true);
        Decision started = RoomRules.decide(room, start, LIMITS);
        assertEquals(List.of(), started.events());
        assertEquals("", started.next().liveRecording(), "who comes later sees none");
        var progress = new RoomCommand.RecordingProgress("rec", 1, 11, "ended");
        List<Logged> told = RoomRules.decide(started.next(), progress, LIMITS).events();
        assertEquals(1, told.size());
        assertEquals(new Audience.Only(Set.of("p1")), told.getFirst().audience());
        Decision stopped = RoomRules.decide(started.next(), new RoomCommand.StopRecording("p1", "rec"), LIMITS);
        assertEquals(List.of(), stopped.events());
        assertTrue(Effect.of(started.next(), stopped.next()).stream().anyMatch(e -> e instanceof Effect.StopRecording));
        RoomState open = apply(room, new RoomCommand.StartRecording("p1", "rec", "", 0, "http://r"));
        assertEquals("rec", open.liveRecording(), "and one that is not silent is seen");
    }

    @Test
    @Tag("MRTC-REL-20")
    void severalRecordingsOfARoomRunBesideEachOtherAndEachIsStoppedAlone() {
        var limits = new RoomLimits(10, 2, 4, 2, 1, 5_000, FileRulesTest.LIMITS);
        RoomState room = apply(room(5, ""), join("p1", "ann", "rt", ""));
        for (String id : List.of("one", "two"))
            room = RoomRules.decide(room, new RoomCommand.StartRecording("p1", id, "", 0, "http://r"), limits)
                    .next();
        assertEquals("one", room.liveRecording());
        room = apply(room, new RoomCommand.StopRecording("p1", "one"));
        assertEquals("two", room.liveRecording());
        assertNull(room.refusesControl("p1", "two"));
        assertEquals(ErrorCode.RECORDING_ENDED, room.refusesControl("p1", "one"));
    }

    @Test
    void theFirstFeedStartsTheAutomaticRecordingOnce() {
        RoomState room = RoomRules.create(null, info(), new RoomSettings("", 5, "", false, false, true, false), LIMITS)
                .next();
        room = apply(room, join("p1", "ann", "rt", ""));
        RoomState first = apply(room, publish("p1", "f1", "0"));
        assertEquals(List.of(new Effect.AutoRecord()), Effect.of(room, first));
        RoomState recorded = apply(first, new RoomCommand.StartRecording("", "rec", "", 0, "http://r"));
        RoomState second = apply(recorded, publish("p1", "f2", "1"));
        assertEquals(List.of(), Effect.of(recorded, second));
    }

    @Test
    void audiencesSurviveTheirText() {
        for (Audience audience : List.of(
                Audience.ALL, new Audience.AllBut("p1"), new Audience.Only(Set.of("p1")), new Audience.Only(Set.of())))
            assertEquals(audience, Audience.parse(audience.text()));
        assertFalse(new Audience.AllBut("p1").includes("p1"));
        assertTrue(new Audience.Only(Set.of("p1")).includes("p1"));
    }

    @Test
    void offerLinesAreReadInOrderAndWhatHasNoMidIsLeftOut() {
        String sdp =
                "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a0\r\nm=application 9 x\r\na=mid:d\r\nm=video 9 x 96\nm=video 9 x 97\na=mid:v1\n";
        var lines = OfferLine.of(sdp);
        assertEquals(List.of(new OfferLine(MediaKind.AUDIO, "a0"), new OfferLine(MediaKind.VIDEO, "v1")), lines);
        assertEquals("v1", OfferLine.first(lines, MediaKind.VIDEO));
        assertEquals("", OfferLine.first(List.of(), MediaKind.AUDIO));
    }

    private static RoomInfo info() {
        return new RoomInfo("room", "123456789", "rt", "demo", "a", "w", "", "owner", RoomKind.VIDEO, 1);
    }

    private static RoomState room(int capacity, String pin) {
        return RoomRules.create(null, info(), new RoomSettings("", capacity, pin, false, false, false, false), LIMITS)
                .next();
    }

    private static Identity ann() {
        return new Identity("demo", "ann", "Ann", "", Role.GUEST, Set.of());
    }

    private static RoomCommand join(String id, String uid, String rtoken, String pin) {
        return join(new Identity("demo", uid, uid, "", Role.GUEST, Set.of()), id, rtoken, pin);
    }

    private static RoomCommand join(Identity who, String id, String rtoken, String pin) {
        return new RoomCommand.Join(who, id, ParticipantKind.MEMBER, "parley", rtoken, pin, Json.NULL, 1);
    }

    private static RoomCommand publish(String by, String feedId, String mid) {
        return new RoomCommand.Publish(
                by, feedId, feedId, Source.CAMERA, List.of(new TrackBinding(mid, feedId, MediaKind.AUDIO)));
    }

    private static RoomState apply(RoomState room, RoomCommand command) {
        return RoomRules.decide(room, command, LIMITS).orThrow().next();
    }

    private static ErrorCode refused(RoomState room, RoomCommand command) {
        return RoomRules.decide(room, command, LIMITS).refusal();
    }
}
