package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.contracts.media.TransportState;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private static final Set<MediaKind> BOTH = EnumSet.allOf(MediaKind.class);
    private static Browser browser;
    private static MediaTransports transports;

    private final List<SpeakersSignal> speakers = new CopyOnWriteArrayList<>();
    private final List<TransportState> states = new CopyOnWriteArrayList<>();
    private RelayRooms rooms;
    /** By which pages may reach the relay: udp or tcp; "" = both. */
    private String protocol = "";

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

    @Test
    @Tag("MRTC-ARC-08")
    void aPageThatReachesTheRelayByTcpAloneSeesThePictureAndHearsTheTone() {
        protocol = "tcp";
        Page ann = browser.page();
        Page bob = browser.page();
        publishScene(ann, "ann");
        subscribe(bob, "bob", "ann");
        var seen = await(bob, "down", f -> number(f, "framesDecoded") >= 30 && number(f, "audioSamples") > 48_000);
        assertEquals("tcp", seen.get("protocol"));
        assertEquals("tcp", figures(ann, "up").get("protocol"));
        awaitScene(bob);
        ann.context().close();
        bob.context().close();
    }

    @Test
    void theSpatialLayersOfVp9FollowTheWish() {
        Page ann = browser.page();
        Page bob = browser.page();
        offered(ann, "ann", (Map<?, ?>) ann.evaluate("() => publishLayers('up', 'VP9', 'L2T1_KEY')"));
        subscribe(bob, "bob", "ann");
        awaitWidth(bob, 640);
        assertEquals("video/VP9", figures(bob, "down").get("codec"));
        for (int[] sizeAndWidth : new int[][] {{0, 320}, {2, 640}}) {
            var wish = new FeedWish("feed-ann", 0, 0, sizeAndWidth[0], 1);
            rooms.wish("room", "bob-down", new SubscriberWishes(List.of(wish), null, null));
            awaitWidth(bob, sizeAndWidth[1]);
        }
        ann.context().close();
        bob.context().close();
    }

    @Test
    void av1IsForwardedWhereThePublisherOffersNothingElse() {
        Page ann = browser.page();
        Page bob = browser.page();
        offered(ann, "ann", (Map<?, ?>) ann.evaluate("() => publishScene('up', 'AV1', true)"));
        subscribe(bob, "bob", "ann");
        var seen = await(bob, "down", f -> number(f, "framesDecoded") >= 10);
        assertEquals("video/AV1", seen.get("codec"));
        awaitScene(bob);
        ann.context().close();
        bob.context().close();
    }

    @Test
    @Tag("MRTC-FEA-02")
    @Tag("MRTC-FEA-03")
    void fourPagesSeeAndHearAllTheOthers() {
        Map<String, Page> pages = new LinkedHashMap<>();
        for (String who : List.of("ann", "bob", "cid", "dan")) {
            pages.put(who, browser.page());
            publishScene(pages.get(who), who);
        }
        pages.forEach((who, page) -> subscribe(
                page,
                who,
                pages.keySet().stream().filter(other -> !other.equals(who)).toArray(String[]::new)));
        for (Page page : pages.values()) {
            var seen = await(
                    page,
                    "down",
                    f -> number(f, "videoReceivers") == 3
                            && number(f, "leastFrames") >= 10
                            && number(f, "audioReceivers") == 3
                            && number(f, "leastEnergy") > 0);
            assertEquals("connected", seen.get("state"));
        }
        pages.values().forEach(page -> page.context().close());
    }

    @Test
    @Tag("MRTC-IOS-14")
    void whoWantsOneKindOnlyGetsNothingOfTheOther() {
        Page ann = browser.page();
        Page ear = browser.page();
        Page eye = browser.page();
        publishScene(ann, "ann");
        subscribe(ear, "ear", EnumSet.of(MediaKind.AUDIO), "ann");
        subscribe(eye, "eye", EnumSet.of(MediaKind.VIDEO), "ann");
        var heard = await(ear, "down", f -> number(f, "audioSamples") > 48_000);
        assertEquals(0, number(heard, "packets"), "no video: " + heard);
        var seen = await(eye, "down", f -> number(f, "framesDecoded") >= 30);
        assertEquals(0, number(seen, "audioReceivers"), "no audio: " + seen);
        for (Page page : List.of(ann, ear, eye)) page.context().close();
    }

    @Test
    void theFeedOfTheSpeakerShowsWhoSpeaksInOnePicture() {
        Page ann = browser.page();
        Page bob = browser.page();
        Page cid = browser.page();
        publishScene(ann, "ann");
        offered(bob, "bob", (Map<?, ?>) bob.evaluate("() => publishScene('up', 'VP8', true, false, 'rgb(40,40,200)')"));
        speaks("ann", "bob");
        watchSpeaker(cid, "cid");
        awaitColour(cid, "red");
        cid.evaluate("() => takeGaps()");
        for (int change = 0; change < 2; change++) {
            speaks("bob", "ann");
            awaitColour(cid, "blue");
            speaks("ann", "bob");
            awaitColour(cid, "red");
        }
        Map<?, ?> gaps = (Map<?, ?>) cid.evaluate("() => takeGaps()");
        System.out.printf("speaker changed 4 times: longest step between two pictures %s ms%n", gaps.get("step"));
        var seen = figures(cid, "down");
        assertEquals(1, number(seen, "videoReceivers"));
        assertTrue(number(seen, "keyFrames") >= 5, "one for each change: " + seen);
        for (Page page : List.of(ann, bob, cid)) page.context().close();
    }

    /** What a busy machine adds is not the relay's doing: it is waited for a second in which every picture is shown in time. */
    @Test
    @Tag("MRTC-FEA-56")
    void picturesAreShownWithin200MsOfTheirCapture() {
        Page ann = browser.page();
        Page bob = browser.page();
        offered(ann, "ann", (Map<?, ?>) ann.evaluate("() => publishClock('up')"));
        subscribe(bob, "bob", "ann");
        await(bob, "down", f -> number(f, "framesDecoded") >= 10);
        bob.evaluate("() => readClock()");
        bob.waitForFunction(
                "() => delays.length >= 20 && delays.slice(-20).every((ms) => ms <= 200)",
                null,
                new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MS));
        System.out.printf(
                "capture to picture: median of a second %s ms, after %s pictures%n",
                bob.evaluate("() => delays.slice(-20).sort((a, b) => a - b)[10]"), bob.evaluate("() => delays.length"));
        for (Page page : List.of(ann, bob)) page.context().close();
    }

    /** Both make a tone all the time; of the other's nothing is heard. */
    private void speaks(String who, String other) {
        rooms.control("room", "feed-" + other, new FeedControl(true, null));
        rooms.control("room", "feed-" + who, new FeedControl(false, null));
    }

    private void watchSpeaker(Page page, String who) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("() => subscribe('down', 1)");
        var track = new TrackBinding((String) ((List<?>) offer.get("mids")).get(1), FeedInfo.SPEAKER, MediaKind.VIDEO);
        NegotiateAnswer answer = rooms.negotiate(
                "room",
                who + "-down",
                new NegotiateRequest(who, Direction.DOWN, (String) offer.get("sdp"), List.of(), List.of(track), ""));
        assertEquals(List.of(track), answer.tracks(), answer.sdp());
        page.evaluate("sdp => answer('down', sdp)", reachable(answer.sdp()));
    }

    private static void awaitColour(Page page, String colour) {
        page.waitForFunction(
                "colour => { if (!document.querySelector('video')) return false; const { red, blue } = view();"
                        + " return (red > 2 * blue ? 'red' : blue > 2 * red ? 'blue' : '') === colour; }",
                colour,
                new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MS));
    }

    // ---- the part of signaling

    private void publishScene(Page page, String who) {
        offered(page, who, (Map<?, ?>) page.evaluate("() => publishScene('up', 'VP8', true)"));
    }

    private String reachable(String sdp) {
        return sdp.lines()
                .filter(line -> protocol.isEmpty()
                        || !line.startsWith("a=candidate:")
                        || line.toLowerCase(Locale.ROOT).contains(" " + protocol + " "))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private void publish(Page page, String who, String codec) {
        offered(page, who, (Map<?, ?>) page.evaluate("codec => publish('up', codec)", codec));
    }

    private void offered(Page page, String who, Map<?, ?> offer) {
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
        page.evaluate("sdp => answer('up', sdp)", reachable(answer.sdp()));
    }

    private void subscribe(Page page, String who, String... from) {
        subscribe(page, who, BOTH, from);
    }

    private void subscribe(Page page, String who, Set<MediaKind> kinds, String... from) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("n => subscribe('down', n)", from.length);
        List<?> mids = (List<?>) offer.get("mids");
        List<TrackBinding> tracks = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            for (MediaKind kind : kinds)
                tracks.add(new TrackBinding((String) mids.get(2 * i + kind.ordinal()), "feed-" + from[i], kind));
        }
        NegotiateAnswer answer = rooms.negotiate(
                "room",
                who + "-down",
                new NegotiateRequest(who, Direction.DOWN, (String) offer.get("sdp"), List.of(), tracks, ""));
        assertEquals(tracks.size(), answer.tracks().size(), () -> answer.sdp());
        page.evaluate("sdp => answer('down', sdp)", reachable(answer.sdp()));
    }

    // ---- looking

    private List<String> statesOf(String transportId) {
        return states.stream()
                .filter(s -> s.transportId().equals(transportId))
                .map(TransportState::state)
                .toList();
    }

    private static void awaitWidth(Page page, int width) {
        long deadline = System.nanoTime() + (long) DEADLINE_MS * 1_000_000;
        while (true) {
            Map<?, ?> view = (Map<?, ?>) page.evaluate("() => document.querySelector('video') ? view() : { width: 0 }");
            if (((Number) view.get("width")).intValue() == width) return;
            assertTrue(System.nanoTime() < deadline, () -> "not " + width + " wide: " + view);
            page.waitForTimeout(100);
        }
    }

    /** The red picture and the tone of 440 Hz. */
    private static void awaitScene(Page page) {
        long deadline = System.nanoTime() + (long) DEADLINE_MS * 1_000_000;
        while (true) {
            @SuppressWarnings("unchecked")
            var scene = (Map<String, Object>) page.evaluate("() => scene()");
            boolean red = Math.abs(number(scene, "red") - 200) < 40 && number(scene, "green") < 90;
            if (red && Math.abs(number(scene, "hz") - 440) < 12) return;
            assertTrue(System.nanoTime() < deadline, () -> "not in time: " + scene);
            page.waitForTimeout(100);
        }
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
