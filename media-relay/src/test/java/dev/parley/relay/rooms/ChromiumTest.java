package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.contracts.media.TransportState;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Chromium pages publish and subscribe through real sockets, ICE, DTLS and SRTP. */
class ChromiumTest {
    private static final double DEADLINE_MS = 90_000;
    private static Browser browser;
    private static MediaTransports transports;

    private final List<SpeakersSignal> speakers = new CopyOnWriteArrayList<>();
    private final List<TransportState> states = new CopyOnWriteArrayList<>();
    private RelayRooms rooms;

    @BeforeAll
    static void start() throws Exception {
        transports = NettyMediaTransports.start(TransportSettings.of("127.0.0.1", 0, List.of("127.0.0.1")));
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        transports.close();
    }

    @BeforeEach
    void open() {
        rooms = new RelayRooms(new FixedSettings(60, 100), transports, speakers::add, states::add);
    }

    @AfterEach
    void close() {
        rooms.closeAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    @Tag("MRTC-ARC-08")
    @Tag("MRTC-ARC-09")
    @Tag("MRTC-ARC-10")
    void twoPagesSeeAndHearEachOther(String codec) {
        Page ann = browser.page();
        Page bob = browser.page();
        publish(ann, "ann", codec);
        publish(bob, "bob", codec);
        subscribe(ann, "ann", "bob");
        subscribe(bob, "bob", "ann");
        for (Page page : List.of(ann, bob)) {
            var seen = await(page, "down", f -> number(f, "framesDecoded") >= 60 && number(f, "audioSamples") > 48_000);
            assertEquals("video/" + codec, seen.get("codec"), codec);
            assertTrue(number(seen, "audioEnergy") > 0, codec + ": the tone is heard " + seen);
            assertEquals("connected", seen.get("state"));
        }
        var stats = rooms.stats("room");
        assertEquals(2, stats.feeds().size());
        assertEquals(4, stats.transports().size());
        assertTrue(!speakers.isEmpty(), "somebody is heard speaking");
        for (String id : List.of("ann-up", "ann-down", "bob-up", "bob-down"))
            assertEquals(List.of("connecting", "connected"), statesOf(id), id);
        ann.context().close();
        bob.context().close();
    }

    @Test
    @Tag("MRTC-CALL-12")
    void mutedVideoStopsAtOnceAndComesBackWithAKeyFrame() {
        Page ann = browser.page();
        Page bob = browser.page();
        publish(ann, "ann", "VP8");
        subscribe(bob, "bob", "ann");
        await(bob, "down", f -> number(f, "framesDecoded") >= 30);
        rooms.control("room", "feed-ann", new FeedControl(null, true));
        long muted = rooms.stats("room")
                .feeds()
                .get(0)
                .tracks()
                .get(1)
                .subscriptions()
                .get(0)
                .packets();
        double samples = number(figures(bob, "down"), "audioSamples");
        var still = await(bob, "down", f -> number(f, "audioSamples") > samples + 48_000);
        assertEquals(
                muted,
                rooms.stats("room")
                        .feeds()
                        .get(0)
                        .tracks()
                        .get(1)
                        .subscriptions()
                        .get(0)
                        .packets());
        rooms.control("room", "feed-ann", new FeedControl(null, false));
        var again = await(bob, "down", f -> number(f, "framesDecoded") >= number(still, "framesDecoded") + 30);
        assertTrue(number(again, "keyFrames") > number(still, "keyFrames"), "begins with a key frame: " + again);
        ann.context().close();
        bob.context().close();
    }

    // ---- the part of signaling

    private void publish(Page page, String who, String codec) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("codec => publish('up', codec)", codec);
        List<?> mids = (List<?>) offer.get("mids");
        String feed = "feed-" + who;
        NegotiateAnswer answer = rooms.negotiate(
                "room",
                who + "-up",
                new NegotiateRequest(
                        who,
                        Direction.UP,
                        (String) offer.get("sdp"),
                        List.of(new FeedInfo(feed, who, who, who, "", "camera")),
                        List.of(
                                new TrackBinding((String) mids.get(0), feed, MediaKind.AUDIO),
                                new TrackBinding((String) mids.get(1), feed, MediaKind.VIDEO)),
                        ""));
        assertEquals(2, answer.tracks().size(), () -> answer.sdp());
        page.evaluate("sdp => answer('up', sdp)", answer.sdp());
    }

    private void subscribe(Page page, String who, String... from) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("n => subscribe('down', n)", from.length);
        List<?> mids = (List<?>) offer.get("mids");
        List<TrackBinding> tracks = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            tracks.add(new TrackBinding((String) mids.get(2 * i), "feed-" + from[i], MediaKind.AUDIO));
            tracks.add(new TrackBinding((String) mids.get(2 * i + 1), "feed-" + from[i], MediaKind.VIDEO));
        }
        NegotiateAnswer answer = rooms.negotiate(
                "room",
                who + "-down",
                new NegotiateRequest(who, Direction.DOWN, (String) offer.get("sdp"), List.of(), tracks, ""));
        assertEquals(tracks.size(), answer.tracks().size(), () -> answer.sdp());
        page.evaluate("sdp => answer('down', sdp)", answer.sdp());
    }

    // ---- looking

    private List<String> statesOf(String transportId) {
        return states.stream()
                .filter(s -> s.transportId().equals(transportId))
                .map(TransportState::state)
                .toList();
    }

    private static Map<String, Object> await(Page page, String link, Predicate<Map<String, Object>> enough) {
        long deadline = System.nanoTime() + (long) DEADLINE_MS * 1_000_000;
        while (true) {
            var now = figures(page, link);
            if (enough.test(now)) return now;
            assertTrue(System.nanoTime() < deadline, () -> "not in time: " + now);
            page.waitForTimeout(100);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> figures(Page page, String link) {
        return (Map<String, Object>) page.evaluate("name => figures(name)", link);
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }
}
