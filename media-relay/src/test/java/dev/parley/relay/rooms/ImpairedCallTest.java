package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.domain.Counters;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import dev.parley.testsupport.net.ImpairmentProxy;
import dev.parley.testsupport.net.LinkProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two Chromium pages, each behind a bad network of its own: publisher, relay, subscriber. One browser for all tests. */
@Tag("MRTC-ARC-09")
class ImpairedCallTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(15, 5);
    private static final long DEADLINE_MS = 90_000;
    private static Browser browser;
    private static MediaTransports transports;

    private RelayRooms rooms;
    private ImpairmentProxy up;
    private ImpairmentProxy down;
    private Page publisher;
    private Page subscriber;

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
    void open() throws Exception {
        rooms = new RelayRooms(new FixedSettings(60, 100), transports, s -> {}, s -> {});
        up = ImpairmentProxy.toLoopback(transports.port(), 11);
        down = ImpairmentProxy.toLoopback(transports.port(), 12);
        publisher = browser.page();
        subscriber = browser.page();
    }

    @AfterEach
    void close() {
        publisher.context().close();
        subscriber.context().close();
        rooms.closeAll();
        up.close();
        down.close();
    }

    @Test
    void pictureAndToneComeThroughLossOnEitherSideAndOnBoth() {
        up.both(LINK.withLoss(0.1));
        down.both(LINK.withLoss(0.1));
        connect(true, false);
        watch("connected at 10 % both", 20);
        phase("10 % up", 0.1, 0);
        phase("10 % down", 0, 0.1);
        phase("5 % both", 0.05, 0.05);
        phase("20 % both", 0.2, 0.2);

        var sent = figures(publisher, "up");
        var got = figures(subscriber, "down");
        String seen =
                "publisher " + sent + ", subscriber " + got + ", up " + up.upFigures() + ", down " + down.downFigures();
        long lostUp = up.upFigures().lost();
        long lostDown = down.downFigures().lost();
        assertTrue(number(sent, "retransmitted") > 0, "the relay's questions are answered; " + seen);
        assertTrue(number(got, "retransmitted") > 0, "the relay answers by RTX; " + seen);
        assertTrue(
                counted(c -> c.nacksSent) <= 2.5 * lostUp, "no storm up; " + counted(c -> c.nacksSent) + "; " + seen);
        assertTrue(
                counted(c -> c.resent) <= 2.5 * (lostDown + 20),
                "no storm down; " + counted(c -> c.resent) + "; " + seen);
    }

    @Test
    @Tag("MRTC-FEA-50")
    void bothLinesAreEstimatedByFeedback() {
        up.both(LINK);
        down.both(LINK);
        connect(true, true);
        awaitTrue("Chromium finds a wide line", () -> availableUp() > 400_000);
        up.up(LINK.withRate(150_000, 300)); // the confetti wants more, so the line is full
        awaitTrue("Chromium heeds the relay's feedback", () -> availableUp() > 0 && availableUp() < 250_000);
        awaitTrue("the relay reckons the way to the subscriber by Chromium's feedback", () -> {
            long bits = rooms.stats("room").transports().get(1).estimatedBits();
            return bits > 50_000 && bits < 20_000_000;
        });
        up.up(LINK);
        watch("wide again", 20);
    }

    /** What Chromium believes it may send, bits a second. */
    private double availableUp() {
        return number(figures(publisher, "up"), "availableOut");
    }

    private void awaitTrue(String what, java.util.function.BooleanSupplier there) {
        long deadline = System.nanoTime() + DEADLINE_MS * 1_000_000;
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError(
                        "not in time: " + what + ": " + figures(publisher, "up") + " " + rooms.stats("room"));
            subscriber.waitForTimeout(100);
        }
    }

    @Test
    void withoutRtxLostPacketsComeAgainAsTheyWere() {
        up.both(LINK.withLoss(0.1));
        down.both(LINK.withLoss(0.1));
        connect(false, false);
        watch("10 % both, no RTX", 60);
        assertTrue(counted(c -> c.resent) > 0, "answered out of the history");
        assertEquals(0, number(figures(subscriber, "down"), "retransmitted"));
    }

    private void phase(String name, double lossUp, double lossDown) {
        up.both(LINK.withLoss(lossUp));
        down.both(LINK.withLoss(lossDown));
        var scene = watch(name, 50);
        assertTrue(
                number(scene, "gap") < 3_000 + number(scene, "stall"),
                "longest time without a new picture; " + name + ": " + scene);
    }

    /** Until so many more pictures were shown; then what is seen and heard must be right. */
    private Map<String, Object> watch(String phase, int pictures) {
        double before = number(figures(subscriber, "down"), "framesDecoded");
        long deadline = System.nanoTime() + DEADLINE_MS * 1_000_000;
        Map<String, Object> now = figures(subscriber, "down");
        scene();
        while (number(now, "framesDecoded") < before + pictures) {
            if (System.nanoTime() > deadline)
                throw new AssertionError(phase + ": not in time: " + now + ", publisher " + figures(publisher, "up"));
            subscriber.waitForTimeout(100);
            now = figures(subscriber, "down");
        }
        var scene = scene();
        String seen = phase + ": " + scene + " " + now;
        if (Boolean.getBoolean("parley.print")) System.out.println(seen);
        assertTrue(Math.abs(number(scene, "red") - 200) < 40, seen);
        assertTrue(number(scene, "green") < 90 && number(scene, "blue") < 90, seen);
        var heard = scene;
        while (Math.abs(number(heard, "hz") - 440) > 20) {
            if (System.nanoTime() > deadline) throw new AssertionError("no tone of 440 Hz; " + seen + ", now " + heard);
            subscriber.waitForTimeout(100);
            heard = scene();
        }
        return scene;
    }

    // ---- the part of signaling

    private void connect(boolean rtx, boolean confetti) {
        var offer = (Map<?, ?>) publisher.evaluate(
                "([rtx, confetti]) => publishScene('up', 'VP8', rtx, confetti)", List.of(rtx, confetti));
        List<?> mids = (List<?>) offer.get("mids");
        List<TrackBinding> tracks = List.of(
                new TrackBinding((String) mids.get(0), "feed", MediaKind.AUDIO),
                new TrackBinding((String) mids.get(1), "feed", MediaKind.VIDEO));
        var answer = rooms.negotiate(
                "room",
                "ann-up",
                new NegotiateRequest(
                        "ann",
                        Direction.UP,
                        (String) offer.get("sdp"),
                        List.of(new FeedInfo("feed", "ann", "ann", "ann", "", "camera")),
                        tracks,
                        ""));
        publisher.evaluate("sdp => answer('up', sdp)", up.throughMe(answer.sdp()));
        offer = (Map<?, ?>) subscriber.evaluate("rtx => subscribe('down', 1, rtx)", rtx);
        answer = rooms.negotiate(
                "room",
                "bob-down",
                new NegotiateRequest("bob", Direction.DOWN, (String) offer.get("sdp"), List.of(), tracks, ""));
        assertEquals(2, answer.tracks().size(), answer.sdp());
        subscriber.evaluate("sdp => answer('down', sdp)", down.throughMe(answer.sdp()));
    }

    // ---- looking

    private long counted(java.util.function.Function<Counters, Long> read) {
        return rooms.counted(read);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> scene() {
        return (Map<String, Object>)
                subscriber.evaluate("() => document.querySelector('video') && analyser ? scene() : {}");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> figures(Page page, String link) {
        return (Map<String, Object>) page.evaluate("name => figures(name)", link);
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }
}
