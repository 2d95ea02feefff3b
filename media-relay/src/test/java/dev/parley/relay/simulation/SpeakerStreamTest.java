package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.DownTrack;
import dev.parley.relay.domain.Downlink;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one stream that shows who speaks. {@link SimReceiver} fails on any break in sequence numbers, timestamps and picture ids. */
class SpeakerStreamTest {
    private static final HeaderExtensions LEVEL = new HeaderExtensions(0, 1, 0, 0);
    private static final int SPEECH = 30, SILENCE = 127;
    /** Frame numbers of each person begin at a multiple of it, so that a frame tells whose it is. */
    private static final int PERSON = 1_000_000;

    private final Simulation simulation = new Simulation();
    private final SplittableRandom random = new SplittableRandom(11);
    private final RelayRoom room = new RelayRoom(
            "room", UnpooledByteBufAllocator.DEFAULT, SimCall.noTap(), _ -> {}, random::nextInt, 2_500_000);
    private final List<String> names = new ArrayList<>();

    SpeakerStreamTest() {
        simulation.every(20 * MS, () -> room.tick(simulation.nowNs()));
    }

    @AfterEach
    void close() {
        room.close();
    }

    /** A microphone, and a camera of 25 pictures a second that makes a key picture when asked. Feed and participant have its name. */
    private final class Person {
        final Uplink uplink;
        final String name;
        final List<byte[]> sent = new ArrayList<>();
        private final int firstFrame;
        private final long firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
        private int sequence = random.nextInt(0x10000);
        int level = SILENCE;
        boolean keyFrameWanted;
        int plis;
        private int audio;
        private int frames;

        Person(String name, String codec) {
            this.name = name;
            names.add(name);
            firstFrame = names.size() * PERSON;
            uplink = room.openUplink(name + "-up", name, SimCall.outlet(this::onRtcp), false);
            publish(codec);
            simulation.every(20 * MS, this::sendAudio);
            simulation.every(40 * MS, this::sendFrame);
        }

        void publish(String codec) {
            var audioFormat = new TrackFormat(MediaKind.AUDIO, "opus", 111, -1, 48_000, 2, "", false, false, LEVEL);
            var videoFormat =
                    new TrackFormat(MediaKind.VIDEO, codec, 96, -1, 90_000, 0, "", true, true, HeaderExtensions.NONE);
            room.publish(
                    uplink,
                    List.of(new FeedInfo(name, name, name, name, "", "camera")),
                    List.of(
                            new UpTrack("0", name, MediaKind.AUDIO, audioFormat, 1, 0),
                            new UpTrack("1", name, MediaKind.VIDEO, videoFormat, 2, 0)));
        }

        private void sendAudio() {
            int spoken = level == SPEECH ? SPEECH + random.nextInt(12) : level;
            uplink.onRtp(SimRtp.voice(audio++, 1, spoken), simulation.nowNs());
        }

        private void sendFrame() {
            boolean key = frames == 0 || keyFrameWanted;
            keyFrameWanted = false;
            int number = firstFrame + frames++;
            int packets = key ? 4 : 2;
            long timestamp = firstTimestamp + simulation.nowNs() / 1_000 * 90 / 1_000 & 0xFFFF_FFFFL;
            for (int i = 0; i < packets; i++) {
                ByteBuf packet = Unpooled.buffer();
                RtpPacket.writeHeader(packet, 96, i == packets - 1, sequence++ & 0xFFFF, timestamp, 2);
                SimPayload.write(packet, true, key, false, number, i, packets, simulation.nowNs(), 400);
                uplink.onRtp(packet, simulation.nowNs());
            }
        }

        private void onRtcp(ByteBuf compound) {
            int asked = SimRtp.plis(compound);
            plis += asked;
            keyFrameWanted |= asked > 0;
        }
    }

    /** Receives the speaker's stream on the m-line v, and what a test asks for beside it. */
    private final class Viewer {
        static final long SSRC = 500;
        final Downlink downlink;
        final SimReceiver video = new SimReceiver();
        final Map<Integer, byte[]> packets = new HashMap<>();
        final String name;
        boolean losesNext;
        int lost;
        boolean bye;
        int others;

        Viewer(String name) {
            this.name = name;
            downlink = room.openDownlink(name + "-down", name, SimCall.outlet(this::take));
            downlink.onConnected(simulation.nowNs());
            video.strict = true;
            room.subscribe(downlink, List.of(terms(HeaderExtensions.NONE)));
        }

        DownTrack terms(HeaderExtensions extensions) {
            return new DownTrack("v", FeedInfo.SPEAKER, MediaKind.VIDEO, "VP8", 120, -1, extensions, SSRC, 0);
        }

        private void take(ByteBuf packet) {
            int type = packet.getUnsignedByte(packet.readerIndex() + 1);
            if (type >= 200 && type <= 206) {
                bye |= hasBye(packet);
                return;
            }
            byte[] bytes = ByteBufUtil.getBytes(packet);
            var rtp = new RtpPacket();
            assertEquals(RtpPacket.Verdict.OK, rtp.wrap(Unpooled.wrappedBuffer(bytes)));
            if (rtp.ssrc() != SSRC) {
                others++;
                return;
            }
            if (losesNext) {
                losesNext = false;
                lost = rtp.sequence();
                return;
            }
            boolean again = packets.put(rtp.sequence(), bytes) != null;
            assertFalse(again, "sequence number " + rtp.sequence() + " came twice");
            video.onPacket(rtp, rtp.sequence(), new SimPayload().read(rtp, true), true, simulation.nowNs());
        }

        private static boolean hasBye(ByteBuf compound) {
            var reader = new RtcpReader();
            var packet = new RtcpPacket();
            reader.wrap(compound);
            boolean found = false;
            while (reader.next(packet)) found |= packet.kind() == RtcpPacket.Kind.BYE;
            return found;
        }

        void askAgain() {
            ByteBuf compound = Unpooled.buffer();
            RtcpWriter.receiverReport(compound, 1, 0);
            RtcpWriter.nack(compound, 1, SSRC, new int[] {lost}, 1);
            downlink.onRtcp(compound, simulation.nowNs());
        }

        /** Whose picture was shown last; "" before the first. */
        String sees() {
            return video.shown.isEmpty() ? "" : names.get(video.shown.getLast() / PERSON - 1);
        }

        /** Lets pictures come for a second. How many have. */
        int more() {
            int before = video.shown.size();
            simulation.run(S);
            return video.shown.size() - before;
        }
    }

    private void speaks(Person who, Person... others) {
        for (Person other : others) other.level = SILENCE;
        who.level = SPEECH;
        simulation.run(2 * S);
    }

    @Test
    void itShowsWhoSpeaksAndChangesInOneStreamWithoutABreak() {
        var ann = new Person("ann", "VP8");
        var bob = new Person("bob", "VP8");
        var cid = new Person("cid", "VP8");
        simulation.run(S);
        var viewer = new Viewer("dan");
        simulation.run(S);
        viewer.video.longestGapNs = 0;
        for (int round = 0; round < 3; round++) {
            speaks(bob, ann, cid);
            assertEquals("bob", viewer.sees());
            speaks(cid, ann, bob);
            assertEquals("cid", viewer.sees());
            speaks(ann, bob, cid);
            assertEquals("ann", viewer.sees());
            ann.level = SILENCE;
            simulation.run(2 * S);
            assertEquals("ann", viewer.sees(), "the last one stays");
        }
        long gapMs = viewer.video.longestGapNs / MS;
        assertTrue(gapMs <= 120, "the present one goes on until the next one's key frame: gap " + gapMs + " ms");
        assertEquals(0, viewer.video.losses, "no hole in the sequence numbers");
        assertEquals(0, viewer.video.unrepaired);
        for (Person one : List.of(ann, bob, cid)) assertTrue(one.plis <= 5, "a key frame for each change: " + one.plis);
    }

    @Test
    void nobodySeesHimselfThereAndWhoIsAloneSeesNobody() {
        var ann = new Person("ann", "VP8");
        var viewer = new Viewer("ann");
        ann.level = SPEECH;
        simulation.run(2 * S);
        assertEquals("", viewer.sees());
        var bob = new Person("bob", "VP8");
        simulation.run(2 * S);
        assertEquals("bob", viewer.sees(), "the speaker gets the one who spoke before him, or anybody");
        speaks(bob, ann);
        speaks(ann, bob);
        assertEquals("bob", viewer.sees());
    }

    @Test
    void aCameraThatIsMutedOrLeavesOrHasAnotherCodecIsPassedOver() {
        var ann = new Person("ann", "VP8");
        var bob = new Person("bob", "VP8");
        var cid = new Person("cid", "H264");
        simulation.run(S);
        var viewer = new Viewer("dan");
        speaks(cid, ann, bob);
        assertEquals("ann", viewer.sees(), "the one before, as nobody has spoken whose picture can be shown");
        speaks(bob, ann, cid);
        assertEquals("bob", viewer.sees());
        room.control("bob", new FeedControl(null, true));
        assertTrue(viewer.more() > 20);
        assertEquals("ann", viewer.sees());
        room.control("bob", new FeedControl(null, false));
        assertTrue(viewer.more() > 20);
        assertEquals("bob", viewer.sees());
        room.closeLink("bob-up");
        assertTrue(viewer.more() > 20);
        assertEquals("ann", viewer.sees());
        assertFalse(viewer.bye, "the stream itself goes on");
        room.closeLink("ann-up");
        assertEquals(0, viewer.more());
        new Person("eve", "VP8");
        assertTrue(viewer.more() > 15);
        assertEquals("eve", viewer.sees());
        assertEquals(0, viewer.video.losses);
    }

    @Test
    void aPacketOfTheOneBeforeIsSentAgainAfterTheChange() {
        var ann = new Person("ann", "VP8");
        var bob = new Person("bob", "VP8");
        simulation.run(S);
        var viewer = new Viewer("dan");
        speaks(ann, bob);
        assertEquals("ann", viewer.sees());
        viewer.video.strict = false;
        viewer.losesNext = true;
        simulation.run(40 * MS);
        assertFalse(viewer.losesNext);
        speaks(bob, ann);
        assertEquals("bob", viewer.sees());
        assertFalse(viewer.packets.containsKey(viewer.lost));
        viewer.askAgain();
        assertTrue(viewer.packets.containsKey(viewer.lost), "out of the history of the one before");
    }

    @Test
    void itGoesOnUnderNewTermsAndEndsWhenItIsNotAskedForAnyMore() {
        var ann = new Person("ann", "VP8");
        simulation.run(S);
        var viewer = new Viewer("dan");
        assertTrue(viewer.more() > 20);
        room.subscribe(viewer.downlink, List.of(viewer.terms(new HeaderExtensions(3, 0, 0, 0))));
        assertTrue(viewer.more() > 20, "in the same numbers");
        assertEquals(0, viewer.video.losses);
        viewer.downlink.limit(1, 1);
        var bob = new Person("bob", "VP8");
        speaks(bob, ann);
        assertEquals("bob", viewer.sees(), "a limit of cameras does not concern it");
        viewer.downlink.wish(new FeedWish(FeedInfo.SPEAKER, 0, 0, 0, 3));
        assertTrue(viewer.more() > 20);
        room.subscribe(viewer.downlink, List.of());
        assertTrue(viewer.bye);
        assertEquals(0, viewer.more());
        room.closeLink("dan-down");
    }
}
