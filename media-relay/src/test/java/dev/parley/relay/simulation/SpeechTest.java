package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.relay.domain.DownTrack;
import dev.parley.relay.domain.Downlink;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.RelayRoom;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.domain.Uplink;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who speaks, who has the floor, and who gets whom: voices are levels in packets 20 ms apart. */
class SpeechTest {
    private static final HeaderExtensions LEVEL = new HeaderExtensions(0, 1, 0, 0);
    private static final int SPEECH = 30, MURMUR = 60, SILENCE = 127;

    private final Simulation simulation = new Simulation();
    private final List<SpeakersSignal> signals = new ArrayList<>();
    private final List<Long> signalledNs = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private final RelayRoom room = new RelayRoom(
            "room",
            UnpooledByteBufAllocator.DEFAULT,
            SimCall.noTap(),
            signal -> {
                signals.add(signal);
                signalledNs.add(simulation.nowNs());
            },
            random::nextInt,
            2_500_000);
    private final Map<String, Voice> voices = new HashMap<>();

    SpeechTest() {
        simulation.every(20 * MS, () -> room.tick(simulation.nowNs()));
    }

    @AfterEach
    void close() {
        room.close();
    }

    /** One participant with a microphone and a camera; feed and participant have its name. */
    private final class Voice {
        final Uplink uplink;
        int level = SILENCE;
        private int sequence;

        Voice(String name, String source) {
            uplink = room.openUplink(name + "-up", name, SimCall.outlet(p -> {}), false);
            var audio = new TrackFormat(MediaKind.AUDIO, "opus", 111, -1, 48_000, 2, "", false, false, LEVEL);
            var video =
                    new TrackFormat(MediaKind.VIDEO, "VP8", 96, -1, 90_000, 0, "", true, true, HeaderExtensions.NONE);
            room.publish(
                    uplink,
                    List.of(new FeedInfo(name, name, name, name, "", source)),
                    List.of(
                            new UpTrack("0", name, MediaKind.AUDIO, audio, 1, 0),
                            new UpTrack("1", name, MediaKind.VIDEO, video, 2, 0)));
            simulation.every(20 * MS, this::send);
        }

        private void send() {
            int spoken = level == SPEECH ? SPEECH + random.nextInt(12) : level;
            uplink.onRtp(SimRtp.voice(sequence++, 1, spoken), simulation.nowNs());
            ByteBuf packet = Unpooled.buffer();
            RtpPacket.writeHeader(packet, 96, true, sequence & 0xFFFF, sequence * 1_800L, 2);
            uplink.onRtp(packet.writeByte(0x10).writeZero(200), simulation.nowNs()); // RFC 7741: all key frames
        }
    }

    private Voice voice(String name) {
        return voices.computeIfAbsent(name, n -> new Voice(n, "camera"));
    }

    private String floor() {
        return signals.isEmpty() ? "" : signals.getLast().dominantParticipantId();
    }

    /** Milliseconds from now until the signal that says so. */
    private long until(String dominant, long mostMs) {
        long fromNs = simulation.nowNs();
        while (!floor().equals(dominant)) {
            assertTrue(simulation.nowNs() - fromNs < mostMs * MS, dominant + " has not the floor but " + floor());
            simulation.run(10 * MS);
        }
        return (signalledNs.getLast() - fromNs) / MS;
    }

    @Test
    @Tag("RTCPEER-3.48")
    void theFirstWhoSpeaksHasTheFloorAndIsToldWithin300Ms() {
        voice("ann");
        voice("bob");
        simulation.run(S);
        assertEquals("", floor());
        voice("ann").level = SPEECH;
        long tookMs = until("ann", 300);
        assertTrue(tookMs <= 250, "told after " + tookMs + " ms");
        simulation.run(200 * MS);
        assertEquals("ann", signals.getLast().speakers().getFirst().participantId());
    }

    @Test
    void theFloorChangesHandsWhenAnotherSpeaksAndNotForACough() {
        voice("ann").level = SPEECH;
        voice("bob");
        simulation.run(3 * S);
        assertEquals("ann", floor());
        voice("ann").level = SILENCE;
        simulation.run(2 * S);
        assertEquals("ann", floor(), "it stays with the last");
        voice("bob").level = SPEECH;
        simulation.run(60 * MS);
        voice("bob").level = SILENCE;
        simulation.run(2 * S);
        assertEquals("ann", floor(), "60 ms are a cough");
        voice("bob").level = SPEECH;
        long tookMs = until("bob", 300);
        assertTrue(tookMs <= 250, "told after " + tookMs + " ms");
        voice("ann").level = MURMUR;
        simulation.run(5 * S);
        assertEquals("bob", floor(), "a murmur takes nothing");
    }

    @Test
    void whoeverTalksOnKeepsTheFloorUntilHeStops() {
        voice("ann").level = SPEECH;
        simulation.run(3 * S);
        voice("bob").level = SPEECH;
        simulation.run(5 * S);
        assertEquals("ann", floor());
        voice("ann").level = SILENCE;
        assertTrue(until("bob", 1_500) <= 1_200);
    }

    @Test
    void speakersAreToldOnChangeAndAgainEvery5S() {
        voice("ann").level = SPEECH;
        simulation.run(2 * S);
        int before = signals.size();
        simulation.run(11 * S);
        int more = signals.size() - before;
        assertTrue(more >= 2 && more <= 57, "for those who have just come: " + more);
    }

    private final class Ear {
        final Downlink downlink;
        final Map<Long, Integer> packets = new HashMap<>();
        private final List<String> feeds;

        Ear(String... feeds) {
            this.feeds = List.of(feeds);
            downlink = room.openDownlink("ear", "ear", SimCall.outlet(p -> {
                if ((p.getByte(p.readerIndex() + 1) & 0x7F) < 64 || (p.getByte(p.readerIndex() + 1) & 0x7F) > 95)
                    packets.merge(p.getUnsignedInt(p.readerIndex() + 8), 1, Integer::sum);
            }));
            downlink.onConnected(simulation.nowNs());
            List<DownTrack> terms = new ArrayList<>();
            for (int i = 0; i < feeds.length; i++) {
                terms.add(new DownTrack(
                        "a" + i, feeds[i], MediaKind.AUDIO, "opus", 111, -1, HeaderExtensions.NONE, 100 + i, 0));
                terms.add(new DownTrack(
                        "v" + i, feeds[i], MediaKind.VIDEO, "VP8", 96, -1, HeaderExtensions.NONE, 200 + i, 0));
            }
            room.subscribe(downlink, terms);
        }

        /** Feeds that came within the next second, audio or video. */
        List<String> comes(boolean video) {
            packets.clear();
            simulation.run(S);
            List<String> come = new ArrayList<>();
            for (int i = 0; i < feeds.size(); i++) {
                int count = packets.getOrDefault((video ? 200L : 100L) + i, 0);
                if (count > 0) come.add(feeds.get(i));
                assertTrue(count == 0 || count >= 45, "all or nothing of " + feeds.get(i) + ": " + count);
            }
            return come;
        }
    }

    @Test
    void whoWantsFewCamerasGetsThoseOfTheLastSpeakersAndEveryScreen() {
        voice("ann");
        voice("bob");
        voice("cid");
        voices.put("screen", new Voice("screen", "screen"));
        simulation.run(S);
        var ear = new Ear("ann", "bob", "cid", "screen");
        assertEquals(4, ear.comes(true).size());
        ear.downlink.limit(1, 0);
        voice("cid").level = SPEECH;
        simulation.run(S);
        assertEquals(List.of("cid", "screen"), ear.comes(true));
        voice("cid").level = SILENCE;
        voice("bob").level = SPEECH;
        simulation.run(2 * S);
        assertEquals(List.of("bob", "screen"), ear.comes(true));
        assertEquals(4, ear.comes(false).size(), "voices are not limited");
        ear.downlink.limit(2, 0);
        simulation.run(100 * MS);
        assertEquals(List.of("bob", "cid", "screen"), ear.comes(true), "the last two speakers");
        ear.downlink.limit(0, 0);
        simulation.run(100 * MS);
        assertEquals(4, ear.comes(true).size());
    }

    @Test
    void whoWantsFewVoicesGetsTheLoudestAtOnce() {
        for (String name : List.of("ann", "bob", "cid", "dan")) voice(name);
        simulation.run(S);
        var ear = new Ear("ann", "bob", "cid", "dan");
        ear.downlink.limit(0, 2);
        voice("cid").level = SPEECH;
        voice("dan").level = SPEECH;
        simulation.run(S);
        assertEquals(List.of("cid", "dan"), ear.comes(false));
        voice("cid").level = SILENCE;
        simulation.run(200 * MS);
        voice("ann").level = SPEECH;
        simulation.run(60 * MS);
        assertEquals(List.of("ann", "dan"), ear.comes(false));
        assertEquals(4, ear.comes(true).size(), "cameras are not limited");
    }
}
