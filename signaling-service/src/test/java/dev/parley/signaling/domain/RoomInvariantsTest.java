package dev.parley.signaling.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.TrackBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random courses of a room; every failure carries its seed, so it replays alone. */
class RoomInvariantsTest {
    private static final RoomLimits LIMITS = new RoomLimits(10, 3, 4, 1, 2, 5_000, FileRulesTest.LIMITS);
    private static final int CAPACITY = 4;
    private static final int STEPS = 600;

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noOrderOfCommandsBreaksTheRoom(long seed) {
        var random = new SplittableRandom(seed);
        RoomState state = fresh(null, seed);
        var client = new Model(state);
        for (int step = 0; step < STEPS; step++) {
            RoomCommand command = command(random, state, step);
            Decision decision = RoomRules.decide(state, command, LIMITS);
            String where = "seed " + seed + ", step " + step + ", " + command;
            if (decision.refused()) assertSame(state, decision.next(), where);
            if (state.ended()) assertEquals(state, decision.next(), "ended is final: " + where);
            long seq = state.seq();
            for (Logged logged : decision.events()) assertEquals(++seq, logged.seq(), "dense: " + where);
            assertEquals(seq, decision.next().seq(), where);
            boolean emptied = state.headcount() > 0 && decision.next().headcount() == 0;
            state = decision.next();
            if (emptied && state.settings().endWhenEmpty()) assertTrue(state.ended(), "over with its last: " + where);
            holds(state, where);
            for (Logged logged : decision.events()) client.apply(logged.event());
            client.agrees(state, where);
            if (state.ended() && random.nextInt(10) == 0) {
                RoomState again = fresh(state, seed + step);
                assertEquals(state.seq(), again.seq(), "the log goes on: " + where);
                state = again;
                client = new Model(state);
            }
        }
    }

    private static void holds(RoomState room, String where) {
        assertTrue(room.headcount() <= CAPACITY, "capacity: " + where);
        if (room.ended()) {
            assertTrue(room.participants().isEmpty(), "nobody is in an ended room: " + where);
            assertEquals("", room.liveRecording(), where);
            assertTrue(room.playbacks().isEmpty(), where);
            return;
        }
        assertEquals(room.headcount() == 0, room.emptySinceMs() > 0, "empty since: " + where);
        Set<String> feedIds = new HashSet<>();
        for (Participant p : room.participants().values()) {
            assertTrue(p.feeds().size() <= LIMITS.feedsMax(), where);
            Set<String> own = new HashSet<>();
            for (Feed feed : p.feeds()) {
                own.add(feed.feedId());
                assertTrue(feedIds.add(feed.feedId()), "a feed is one participant's: " + where);
                assertTrue(feed.audio() || !feed.audioMuted(), where);
            }
            for (TrackBinding track : p.up()) assertTrue(own.contains(track.feedId()), "up is own: " + where);
            assertTrue(distinctMids(p.up()) && distinctMids(p.down()), "a mid has one meaning: " + where);
        }
        for (Participant p : room.participants().values()) {
            assertTrue(p.subscriptions().size() <= LIMITS.subscriptionsMax(), where);
            for (String feedId : p.subscriptions()) {
                assertTrue(feedIds.contains(feedId), "subscriptions are to feeds that are there: " + where);
                assertTrue(p.feed(feedId) == null, "nobody receives itself: " + where);
            }
        }
        for (Playback playback : room.playbacks().values())
            assertNotNull(room.participant(playback.participantId()), "a playback has its participant: " + where);
    }

    private static boolean distinctMids(List<TrackBinding> tracks) {
        Set<String> mids = new HashSet<>();
        for (TrackBinding track : tracks) if (!mids.add(track.mid())) return false;
        return true;
    }

    private static RoomState fresh(RoomState before, long salt) {
        var info = new RoomInfo("123456789", "123456789", "r" + salt, "demo", "app", "ws", "", "u0", RoomKind.VIDEO, 1);
        return RoomRules.create(
                        before, info, new RoomSettings("", CAPACITY, "", false, false, false, salt % 2 == 0), LIMITS)
                .orThrow()
                .next();
    }

    private static RoomCommand command(SplittableRandom random, RoomState room, int step) {
        long now = 10_000 + step * 700L;
        String who = "p" + random.nextInt(7);
        String other = "p" + random.nextInt(7);
        String feed = anyFeed(random, room);
        String by = random.nextInt(12) == 0 ? "" : who;
        return switch (random.nextInt(31)) {
            case 0, 1, 2, 3, 4 ->
                new RoomCommand.Join(
                        new Identity(
                                random.nextInt(20) == 0 ? "else" : "demo",
                                "u" + random.nextInt(7),
                                "Name",
                                "",
                                Role.values()[random.nextInt(4)],
                                Set.of()),
                        who,
                        random.nextInt(6) == 0 ? ParticipantKind.WHIP : ParticipantKind.MEMBER,
                        "parley",
                        random.nextInt(10) == 0 ? "wrong" : room.info().rtoken(),
                        "",
                        Json.NULL,
                        now);
            case 5 -> new RoomCommand.Leave(who, LeaveReason.LEFT, now);
            case 6 -> new RoomCommand.Lose(who);
            case 7 -> new RoomCommand.Regain(who);
            case 8 -> new RoomCommand.Lock(by, random.nextBoolean());
            case 9 ->
                random.nextInt(15) == 0
                        ? new RoomCommand.End(by, EndReason.ENDED, now)
                        : new RoomCommand.SendText(who, "m" + step, "hi", Set.of(), null, null, now);
            case 10 -> new RoomCommand.Kick(by, other, now);
            case 11 -> new RoomCommand.SetRole(by, other, Role.values()[random.nextInt(4)]);
            case 12, 13 ->
                new RoomCommand.Mute(
                        by, feed, random.nextBoolean() ? random.nextBoolean() : null, random.nextBoolean());
            case 14, 15, 16, 17 -> {
                String id = "f" + step;
                yield new RoomCommand.Publish(
                        who, id, "tag" + random.nextInt(3), Source.CAMERA, tracks(random, List.of(id)));
            }
            case 18 -> new RoomCommand.Unpublish(who, feed);
            case 19, 20, 21 -> new RoomCommand.Subscribe(who, tracks(random, List.of(feed, anyFeed(random, room))));
            case 22 -> new RoomCommand.Unsubscribe(who, Set.of(feed));
            case 23 ->
                new RoomCommand.Rebind(
                        who,
                        random.nextBoolean() ? Direction.UP : Direction.DOWN,
                        tracks(random, List.of(feed, anyFeed(random, room))));
            case 24 -> new RoomCommand.StartRecording(by, "rec" + step, "", random.nextInt(2), "http://r");
            case 25 -> {
                String id = room.liveRecording().isEmpty() ? "none" : room.liveRecording();
                yield random.nextBoolean()
                        ? new RoomCommand.StopRecording(by, id)
                        : new RoomCommand.RecordingProgress(
                                id, random.nextInt(4), new int[] {10, 0, 11, 99, 100201}[random.nextInt(5)], "");
            }
            case 26 -> new RoomCommand.StartPlayback(by, "v" + step, "pv" + step, "fv" + step, "http://v", now);
            case 27 -> {
                String id = room.playbacks().isEmpty()
                        ? "none"
                        : room.playbacks().keySet().iterator().next();
                yield random.nextBoolean()
                        ? new RoomCommand.StopPlayback(by, id, now)
                        : new RoomCommand.PlaybackProgress(
                                id, new String[] {"playing", "over", "failed"}[random.nextInt(3)], "", now);
            }
            case 29 ->
                random.nextBoolean()
                        ? new RoomCommand.OfferFile(who, "file" + step, "a", "", 1, now)
                        : new RoomCommand.SendFile(who, "file" + (step - 1), "", 0, Set.of(), now);
            case 28 -> new RoomCommand.Place(new MediaPlace(random.nextInt(5), "relay", "http://m"), now);
            default -> new RoomCommand.Tick(now);
        };
    }

    private static String anyFeed(SplittableRandom random, RoomState room) {
        var ids = new ArrayList<String>(List.of("gone"));
        for (Participant p : room.participants().values()) for (Feed feed : p.feeds()) ids.add(feed.feedId());
        return ids.get(random.nextInt(ids.size()));
    }

    private static List<TrackBinding> tracks(SplittableRandom random, List<String> feedIds) {
        var tracks = new ArrayList<TrackBinding>();
        int mid = random.nextInt(12);
        for (String feedId : feedIds) {
            tracks.add(new TrackBinding("" + mid++, feedId, MediaKind.AUDIO));
            if (random.nextBoolean()) tracks.add(new TrackBinding("" + mid++, feedId, MediaKind.VIDEO));
        }
        return tracks;
    }

    /** A client that began with a snapshot and then saw nothing but pushes: it must know the same as the room (MRTC section 9, last paragraph). */
    private static final class Model {
        private final Map<String, Set<String>> feedsOf = new LinkedHashMap<>();
        private final Map<String, Set<String>> received = new LinkedHashMap<>();
        private final Map<String, ServiceState> states = new LinkedHashMap<>();
        private final Map<String, Role> roles = new LinkedHashMap<>();
        private final Set<String> mutedFeeds = new TreeSet<>();
        private String recording;
        private boolean locked;

        Model(RoomState room) {
            recording = room.liveRecording();
            locked = room.settings().locked();
        }

        void apply(RoomEvent event) {
            switch (event) {
                case RoomEvent.ParticipantJoined e -> {
                    feedsOf.put(e.participant().participantId(), new TreeSet<>());
                    received.put(e.participant().participantId(), new TreeSet<>());
                    states.put(e.participant().participantId(), e.participant().state());
                    roles.put(e.participant().participantId(), e.participant().role());
                }
                case RoomEvent.ParticipantLeft e -> {
                    feedsOf.remove(e.participantId());
                    received.remove(e.participantId());
                    states.remove(e.participantId());
                    roles.remove(e.participantId());
                }
                case RoomEvent.ParticipantUpdated e -> {
                    if (e.state() != null) states.put(e.participantId(), e.state());
                    if (e.role() != null) roles.put(e.participantId(), e.role());
                }
                case RoomEvent.FeedPublished e -> {
                    feedsOf.get(e.participantId()).add(e.feed().feedId());
                    if (e.feed().audioMuted()) mutedFeeds.add(e.feed().feedId());
                }
                case RoomEvent.FeedUnpublished e -> {
                    assertTrue(feedsOf.get(e.participantId()).remove(e.feedId()));
                    received.values().forEach(ids -> ids.remove(e.feedId()));
                    mutedFeeds.remove(e.feedId());
                }
                case RoomEvent.FeedUpdated e -> {
                    if (e.audioMuted() != null && e.audioMuted()) mutedFeeds.add(e.feedId());
                    if (e.audioMuted() != null && !e.audioMuted()) mutedFeeds.remove(e.feedId());
                }
                case RoomEvent.Subscribed e ->
                    assertTrue(received.get(e.participantId()).add(e.feedId()));
                case RoomEvent.Unsubscribed e ->
                    assertTrue(received.get(e.participantId()).remove(e.feedId()));
                case RoomEvent.RoomUpdated e -> {
                    if (e.recording() != null) recording = e.recording();
                    if (e.locked() != null) locked = e.locked();
                }
                default -> {}
            }
        }

        void agrees(RoomState room, String where) {
            assertEquals(room.participants().keySet(), feedsOf.keySet(), where);
            for (Participant p : room.participants().values()) {
                var feeds = new TreeSet<String>();
                for (Feed feed : p.feeds()) {
                    feeds.add(feed.feedId());
                    assertEquals(feed.audioMuted(), mutedFeeds.contains(feed.feedId()), where);
                }
                assertEquals(feeds, feedsOf.get(p.participantId()), where);
                assertEquals(new TreeSet<>(p.subscriptions()), received.get(p.participantId()), where);
                assertEquals(p.state(), states.get(p.participantId()), where);
                assertEquals(p.role(), roles.get(p.participantId()), where);
            }
            assertEquals(room.liveRecording(), recording, where);
            assertEquals(room.settings().locked(), locked, where);
        }
    }
}
