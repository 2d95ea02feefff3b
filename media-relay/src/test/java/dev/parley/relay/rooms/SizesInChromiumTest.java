package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import dev.parley.testsupport.net.ImpairmentProxy;
import dev.parley.testsupport.net.LinkProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chromium publishes three sizes at once; another Chromium gets the one that it asks for, or that its line takes. */
class SizesInChromiumTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(15, 5);
    private static final long DEADLINE_MS = 90_000;
    /** A picture that stands for longer is seen to freeze. */
    private static final double FREEZE_MS = 200;

    private static final int ROUNDS_MAX = 6;

    private static Browser browser;
    private static MediaTransports transports;

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

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    @Tag("MRTC-FEA-50")
    void theSizeFollowsTheWishAndTheLine(String codec) throws Exception {
        var rooms = new RelayRooms(new FixedSettings(60, 100), transports, s -> {}, s -> {});
        Page publisher = browser.page();
        Page subscriber = browser.page();
        try (var line = ImpairmentProxy.toLoopback(transports.port(), 12)) {
            line.both(LINK);
            publish(rooms, publisher, codec);
            subscribe(rooms, subscriber, line);
            awaitWidth(rooms, publisher, subscriber, 640);
            changeOnRequest(rooms, codec, publisher, subscriber);
            takeGaps(publisher, subscriber);
            line.down(LINK.withRate(300_000, 300));
            awaitWidth(rooms, publisher, subscriber, 320, 160);
            line.down(LINK);
            awaitWidth(rooms, publisher, subscriber, 640);
            double longest = takeGaps(publisher, subscriber);
            System.out.printf("%s, 300 kbit/s and back: longest step %.0f ms%n", codec, longest);
            assertTrue(longest < 3_000, "longest step " + longest + " ms");
        } finally {
            publisher.context().close();
            subscriber.context().close();
            rooms.closeAll();
        }
    }

    private static SubscriberWishes wished(FeedWish wish) {
        return new SubscriberWishes(List.of(wish), null, null);
    }

    private static void awaitWidth(RelayRooms rooms, Page publisher, Page page, int... widths) {
        long deadline = System.nanoTime() + DEADLINE_MS * 1_000_000;
        while (true) {
            Map<?, ?> view = (Map<?, ?>) page.evaluate("() => document.querySelector('video') ? view() : { width: 0 }");
            if (Arrays.stream(widths).anyMatch(width -> number(view, "width") == width)) {
                assertTrue(
                        Math.abs(number(view, "red") - 200) < 45 && number(view, "green") < 90, "the picture: " + view);
                return;
            }
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "not " + Arrays.toString(widths) + " but " + view + "; "
                            + publisher.evaluate("() => sizes('up')") + "; " + rooms.stats("room"));
            page.waitForTimeout(100);
        }
    }

    /**
     * No two pictures that are shown lie further apart than {@link #FREEZE_MS} when the size changes. What a busy machine adds is not the change's doing:
     * each kind of change is made again until it was smooth once.
     */
    private static void changeOnRequest(RelayRooms rooms, String codec, Page publisher, Page subscriber) {
        List<FeedWish> wishes = List.of(
                new FeedWish("feed", 0, 0, 0, 1),
                new FeedWish("feed", 0, 0, 1, 1),
                new FeedWish("feed", 0, 0, 2, 1),
                new FeedWish("feed", 400, 0, 2, 1),
                FeedWish.none("feed"));
        int[] widths = {160, 320, 640, 320, 640};
        double[] steps = new double[widths.length];
        Arrays.fill(steps, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS_MAX && Arrays.stream(steps).max().getAsDouble() > FREEZE_MS; round++) {
            for (int i = 0; i < widths.length; i++) {
                takeGaps(publisher, subscriber);
                rooms.wish("room", "bob-down", wished(wishes.get(i)));
                awaitWidth(rooms, publisher, subscriber, widths[i]);
                awaitPictures(subscriber, 6); // of the new size
                steps[i] = Math.min(steps[i], takeGaps(publisher, subscriber));
            }
            System.out.printf(
                    "%s, changes by wish to %s: longest steps %s ms%n",
                    codec, Arrays.toString(widths), Arrays.toString(steps));
        }
        for (double step : steps) assertTrue(step <= FREEZE_MS, Arrays.toString(steps));
    }

    private static void awaitPictures(Page page, int count) {
        Object before = page.evaluate("() => picturesShown()");
        page.waitForFunction(
                "([before, count]) => picturesShown() >= before + count",
                List.of(before, count),
                new Page.WaitForFunctionOptions().setTimeout(DEADLINE_MS));
    }

    /** The longest step from one shown picture to the next since the last call, by their own time, without what the pages were kept from running. */
    private static double takeGaps(Page publisher, Page subscriber) {
        Map<?, ?> made = (Map<?, ?>) publisher.evaluate("() => takeGaps()");
        Map<?, ?> seen = (Map<?, ?>) subscriber.evaluate("() => takeGaps()");
        return Math.max(0, number(seen, "step") - number(made, "stall"));
    }

    private static double number(Map<?, ?> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }

    // ---- the part of signaling

    private static void publish(RelayRooms rooms, Page page, String codec) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("codec => publishSizes('up', codec)", codec);
        var answer = rooms.negotiate(
                "room",
                "ann-up",
                new NegotiateRequest(
                        "ann",
                        Direction.UP,
                        (String) offer.get("sdp"),
                        List.of(new FeedInfo("feed", "ann", "ann", "ann", "", "camera")),
                        List.of(new TrackBinding("0", "feed", MediaKind.VIDEO)),
                        ""));
        assertTrue(answer.sdp().contains("a=simulcast:recv q;h;f"), answer.sdp());
        page.evaluate("sdp => answer('up', sdp)", answer.sdp());
    }

    private static void subscribe(RelayRooms rooms, Page page, ImpairmentProxy line) {
        Map<?, ?> offer = (Map<?, ?>) page.evaluate("() => subscribe('down', 1)");
        List<?> mids = (List<?>) offer.get("mids");
        var answer = rooms.negotiate(
                "room",
                "bob-down",
                new NegotiateRequest(
                        "bob",
                        Direction.DOWN,
                        (String) offer.get("sdp"),
                        List.of(),
                        List.of(new TrackBinding((String) mids.get(1), "feed", MediaKind.VIDEO)),
                        ""));
        assertEquals(1, answer.tracks().size(), answer.sdp());
        page.evaluate("sdp => answer('down', sdp)", line.throughMe(answer.sdp()));
    }
}
