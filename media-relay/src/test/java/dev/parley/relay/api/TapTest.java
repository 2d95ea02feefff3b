package dev.parley.relay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.relay.rooms.RelayRooms;
import dev.parley.relay.tap.TapServer;
import dev.parley.rtp.framed.ClockMark;
import dev.parley.rtp.framed.FrameGap;
import dev.parley.rtp.framed.FramedRtpClient;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloRefusedException;
import dev.parley.rtp.framed.IngressConnection;
import dev.parley.rtp.framed.TapHandler;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recorder's and player's side over real TLS; and what master hears. */
@QuarkusTest
@QuarkusTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "kafka"))
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "relay"))
@Timeout(30)
class TapTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int VIDEO = 96;

    @Inject
    TapServer server;

    @Inject
    RelayRooms rooms;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final String room = "room-" + UUID.randomUUID();

    @Test
    @Tag("MRTC-ARC-11")
    void whatAPlayerSendsARecorderGetsInOrderWithTracksFirst() throws Exception {
        try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), TIMEOUT);
                var player = play(room, "bot")) {
            send(player, 1, 50);
            var seen = new Seen();
            while (seen.rtp.size() < 50) assertTrue(tap.readNext(seen));
            assertEquals("started", seen.tracks.get(0).event());
            assertEquals("f-bot", seen.tracks.get(0).feed().feedId());
            assertEquals("VP8", seen.tracks.get(0).codec());
            for (int i = 0; i < 50; i++) assertEquals(1 + i, seen.rtp.get(i), "arrival order");
            assertEquals(
                    List.of(seen.tracks.get(0).ssrc()),
                    seen.ssrcs.stream().distinct().toList());
            assertTrue(Math.abs(seen.wallMs - System.currentTimeMillis()) < 5_000, "wall clock " + seen.wallMs);
            assertTrue(seen.clocks > 0);
            assertEquals(0, seen.beforeTrack);
            ByteBuf report = Unpooled.buffer();
            RtcpWriter.senderReport(report, 77, 0x1234_5678_0000_0000L, 9_000, 50, 500, 0);
            player.send(report);
            player.flush();
            while (seen.reports.isEmpty()) assertTrue(tap.readNext(seen));
            assertEquals(List.of(seen.tracks.get(0).ssrc()), seen.reports);
            hangUp(player);
            while (!seen.tracks.getLast().event().equals("ended")) assertTrue(tap.readNext(seen));
        }
    }

    @Test
    @Tag("MRTC-ARC-09")
    void aReaderThatComesInTheMiddleHasAKeyFrameAskedFor() throws Exception {
        try (var player = play(room, "bot")) {
            send(player, 1, 1);
            while (rooms.stats(room).feeds().get(0).tracks().get(0).packets() < 1) Thread.onSpinWait();
            var asked = new CompletableFuture<Long>();
            Thread.ofVirtual().start(() -> readPictureLossIndications(player, asked));
            try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), TIMEOUT)) {
                assertEquals(77, asked.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS), "SSRC, epoch " + tap.epoch());
            }
        }
    }

    private static void readPictureLossIndications(IngressConnection player, CompletableFuture<Long> asked) {
        try {
            player.readRtcp(compound -> {
                var packet = new RtcpPacket();
                var reader = new RtcpReader().wrap(compound);
                while (reader.next(packet)) {
                    if (packet.kind() == RtcpPacket.Kind.PLI) asked.complete(packet.mediaSsrc());
                }
            });
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }

    @Test
    void aReaderThatComesBackMissesNothing() throws Exception {
        try (var player = play(room, "bot")) {
            var seen = new Seen();
            String epoch;
            long next;
            try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), TIMEOUT)) {
                send(player, 1, 20);
                while (seen.rtp.size() < 10) assertTrue(tap.readNext(seen));
                epoch = tap.epoch();
                next = tap.nextIndex();
            }
            send(player, 21, 20);
            var hello = Hello.Tap.all(token(), room).resumed(token(), epoch, next);
            try (var tap = FramedRtpClient.tap(server.address(), hello, TIMEOUT)) {
                assertEquals(epoch, tap.epoch());
                assertEquals(next, tap.nextIndex());
                seen.tracks.clear();
                while (seen.rtp.size() < 40) assertTrue(tap.readNext(seen));
            }
            for (int i = 0; i < 40; i++) assertEquals(1 + i, seen.rtp.get(i), "none missing, none twice");
            assertEquals("started", seen.tracks.get(0).event(), "tracks are told again");
            assertEquals(List.of(), seen.gaps);
            var foreign = Hello.Tap.all(token(), room).resumed(token(), "another epoch", 3);
            try (var tap = FramedRtpClient.tap(server.address(), foreign, TIMEOUT)) {
                assertEquals(epoch, tap.epoch());
                assertTrue(tap.nextIndex() >= 30, "from now on: " + tap.nextIndex());
            }
        }
    }

    @Test
    void aTagPrefixChoosesFeedsAndTheIndexStaysRight() throws Exception {
        try (var tap = FramedRtpClient.tap(server.address(), new Hello.Tap(token(), room, "cam", "", -1), TIMEOUT);
                var camera = play(room, "cam-1");
                var screen = play(room, "screen-1")) {
            for (int i = 1; i <= 5; i++) {
                send(screen, i, 1);
                send(camera, i, 1);
            }
            var seen = new Seen();
            while (seen.rtp.size() < 5) assertTrue(tap.readNext(seen));
            assertEquals(List.of(1, 2, 3, 4, 5), seen.rtp);
            assertEquals(
                    List.of("f-cam-1"),
                    seen.tracks.stream().map(t -> t.feed().feedId()).distinct().toList());
            assertTrue(seen.indexes.getLast() >= 4, "frames of others are counted: " + seen.indexes);
        }
    }

    @Test
    void mutedMediaIsNotOffered() throws Exception {
        try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), TIMEOUT);
                var player = play(room, "bot")) {
            var seen = new Seen();
            send(player, 1, 1);
            while (seen.rtp.size() < 1) assertTrue(tap.readNext(seen));
            rooms.control(room, "f-bot", new FeedControl(null, true));
            send(player, 2, 1);
            while (!seen.tracks.getLast().muted()) assertTrue(tap.readNext(seen));
            while (rooms.stats(room).feeds().get(0).tracks().get(0).packets() < 2) Thread.onSpinWait();
            rooms.control(room, "f-bot", new FeedControl(null, false));
            send(player, 3, 1);
            while (seen.rtp.size() < 2) assertTrue(tap.readNext(seen));
            assertEquals(List.of(1, 3), seen.rtp);
        }
    }

    @Test
    void aSilentRoomStillShowsThatTheRelayLives() throws Exception {
        try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), Duration.ofSeconds(3))) {
            var seen = new Seen();
            while (seen.clocks < 2) assertTrue(tap.readNext(seen));
        }
        rooms.close(room);
    }

    @Test
    void aTapEndsWithItsRoom() throws Exception {
        try (var tap = FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), room), TIMEOUT)) {
            rooms.close(room);
            tap.readAll(new Seen());
        }
    }

    @Test
    void aHelloIsRefusedWithItsReason() throws Exception {
        for (String wrong : List.of("", "nonsense", TestAccount.userToken(), TestAccount.expiredToken())) {
            var refusal = assertThrows(
                    HelloRefusedException.class,
                    () -> FramedRtpClient.tap(server.address(), Hello.Tap.all(wrong, room), TIMEOUT));
            assertEquals(ErrorCode.TOKEN_INVALID.number, refusal.code);
        }
        var noRoom = assertThrows(
                HelloRefusedException.class,
                () -> FramedRtpClient.tap(server.address(), Hello.Tap.all(token(), ""), TIMEOUT));
        assertEquals(ErrorCode.BAD_REQUEST.number, noRoom.code);
    }

    @Test
    void plainTextOnTheTapPortHarmsNobody() throws Exception {
        MediaAddress address = server.address();
        try (var plain = new Socket(address.host(), address.port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            plain.setSoTimeout(5_000);
            while (plain.getInputStream().read() >= 0) {
                // an alert, then the end
            }
        } catch (IOException e) {
            // a reset will do as well
        }
        try (var tap = FramedRtpClient.tap(address, Hello.Tap.all(token(), room), TIMEOUT)) {
            assertNotEquals("", tap.epoch());
        }
    }

    @Test
    @Tag("MRTC-ARC-05")
    void masterHearsTheHeartbeat() throws Exception {
        var settings =
                Map.<String, Object>of("bootstrap.servers", kafka, "group.id", room, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("node.heartbeats"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var event = json.readTree(record.value());
                    assertEquals("relay-1", record.key());
                    assertEquals("node.heartbeat.v1", event.get("type").asText());
                    assertEquals(NodeKind.RELAY.name(), event.at("/data/kind").asText());
                    assertEquals(
                            server.address().fingerprint(),
                            event.at("/data/media/fingerprint").asText());
                    return;
                }
            }
        }
    }

    // ---- a player and a recorder

    private String token() {
        return TestAccount.serviceToken();
    }

    private IngressConnection play(String room, String tag) throws IOException {
        var feed = new FeedInfo("f-" + tag, "p-" + tag, "u", "Bot", tag, "playback");
        var track = new Hello.Track(MediaKind.VIDEO, "VP8", VIDEO, 90_000, 0, "", 77);
        return FramedRtpClient.ingress(
                server.address(), new Hello.Ingress(token(), room, feed, List.of(track)), TIMEOUT);
    }

    private static void hangUp(IngressConnection player) throws IOException {
        player.close();
    }

    private static void send(IngressConnection player, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            ByteBuf packet = Unpooled.buffer();
            RtpPacket.writeHeader(packet, VIDEO, true, i, i * 3_000L, 77);
            packet.writeInt(0x1000_0000).writeInt(i);
            player.send(packet);
        }
        player.flush();
    }

    private static final class Seen implements TapHandler {
        final List<Integer> rtp = new ArrayList<>();
        final List<Long> indexes = new ArrayList<>();
        final List<Long> ssrcs = new ArrayList<>();
        final List<Long> reports = new ArrayList<>();
        final List<TrackEvent> tracks = new ArrayList<>();
        final List<FrameGap> gaps = new ArrayList<>();
        int clocks;
        long wallMs;
        int beforeTrack;

        @Override
        public void onRtp(long index, long us, ByteBuf packet) {
            var view = new RtpPacket();
            assertEquals(RtpPacket.Verdict.OK, view.wrap(packet));
            rtp.add(view.sequence());
            ssrcs.add(view.ssrc());
            indexes.add(index);
            if (tracks.stream().noneMatch(t -> t.ssrc() == view.ssrc())) beforeTrack++;
        }

        @Override
        public void onRtcp(long index, long us, ByteBuf compound) {
            var packet = new RtcpPacket();
            var reader = new RtcpReader().wrap(compound);
            while (reader.next(packet)) {
                if (packet.kind() == RtcpPacket.Kind.SENDER_REPORT) reports.add(packet.senderSsrc());
            }
        }

        @Override
        public void onTrack(TrackEvent event) {
            tracks.add(event);
        }

        @Override
        public void onTime(ClockMark mark) {
            clocks++;
            wallMs = mark.wallMs();
        }

        @Override
        public void onGap(FrameGap gap) {
            gaps.add(gap);
        }
    }
}
