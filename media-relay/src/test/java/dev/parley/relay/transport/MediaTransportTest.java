package dev.parley.relay.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.client.WebRtcClient.Options;
import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real sockets, real DTLS, real SRTP: the relay's transport against Parley's own client. */
abstract class MediaTransportTest {
    private final MediaIo io;

    MediaTransportTest(MediaIo io) {
        this.io = io;
    }

    @Test
    void mediaFlowsBothWaysOverUdpWithAesGcm() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            assertEquals("SRTP_AEAD_AES_128_GCM", caller.transport.srtpProfile());
            assertEquals("udp", caller.transport.protocol());
            assertTrue(caller.echoes(1));
            assertEquals(1, caller.transport.counters().rtpIn);
        }
    }

    @Test
    void mediaFlowsWithAesCmForClientsWithoutGcm() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(new Options(false, List.of(SrtpProfile.SRTP_AES128_CM_HMAC_SHA1_80), 10_000));
            caller.connect();
            assertEquals("SRTP_AES128_CM_HMAC_SHA1_80", caller.transport.srtpProfile());
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void mediaFlowsWithAes256ForClientsThatWantIt() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(new Options(false, List.of(SrtpProfile.SRTP_AEAD_AES_256_GCM), 10_000));
            caller.connect();
            assertEquals("SRTP_AEAD_AES_256_GCM", caller.transport.srtpProfile());
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void mediaFlowsOverIceTcpOnTheSamePort() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.TCP);
            caller.connect();
            assertEquals("tcp", caller.transport.protocol());
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void mediaFlowsWithoutEpoll() throws Exception {
        var nio = new TransportSettings(
                "127.0.0.1", 0, List.of("127.0.0.1"), 1, 10, 10, 10_000, 5_000, 15_000, MediaIo.NIO);
        try (var bench = new TransportBench(nio)) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void aPacketThatTheKernelBringsToAnotherLoopReachesItsRoom() throws Exception {
        var four = new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 4, 100, 100, 10_000, 5_000, 15_000, io);
        try (var bench = new TransportBench(four)) {
            for (int i = 0; i < 8; i++) { // each has another port, so the kernel spreads them over the sockets
                var caller = bench.new Caller(Options.UDP);
                caller.connect();
                assertTrue(caller.echoes(1), "client " + i);
            }
        }
    }

    @Test
    void rtcpFlowsBothWays() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            ByteBuf compound = Unpooled.buffer();
            RtcpWriter.receiverReport(compound, 1111, 0);
            RtcpWriter.pli(compound, 1111, 2222);
            caller.client.sendRtcp(compound);
            byte[] got = caller.rtcp.poll(TransportBench.DEADLINE_S, TimeUnit.SECONDS);
            assertNotNull(got);
            assertArrayEquals(ByteBufUtil.getBytes(compound), got);
        }
    }

    @Test
    void aClientWithAnotherCertificateThanItsOfferSaysIsRefused() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            var offer = caller.offer();
            var wrong = new Fingerprint("sha-256", "00" + ":11".repeat(31));
            var forged =
                    offer.media().getFirst().toBuilder().dtls(wrong, "actpass").build();
            caller.transport = bench.server.create(
                    bench.server.loopFor("room"),
                    "t",
                    new RemoteTransport(forged.iceUfrag(), forged.icePwd(), forged.fingerprints(), "actpass"),
                    bench.echo);
            var connecting = caller.client.answer(TransportBench.answerTo(offer, caller.transport));
            bench.awaitState(caller.transport, TransportState.FAILED);
            assertThrows(ExecutionException.class, () -> connecting.get(TransportBench.DEADLINE_S, TimeUnit.SECONDS));
            assertEquals(0, bench.server.transports());
        }
    }

    @Test
    void closeNotifyOfTheClientClosesTheTransport() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            caller.client.close();
            bench.awaitState(caller.transport, TransportState.CLOSED);
            assertEquals(0, bench.server.transports());
        }
    }

    @Test
    void closeHereTellsTheClient() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            for (Options options : List.of(Options.UDP, Options.TCP)) {
                var caller = bench.new Caller(options);
                caller.connect();
                caller.states.clear();
                caller.transport.close();
                assertEquals(
                        TransportState.CLOSED,
                        caller.states.poll(TransportBench.DEADLINE_S, TimeUnit.SECONDS),
                        "over " + options);
            }
        }
    }

    @Test
    void aSilentClientIsDisconnectedAndThenFailed() throws Exception {
        try (var bench = new TransportBench(TransportBench.impatient(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            caller.client.keepAlive(false);
            bench.awaitState(caller.transport, TransportState.DISCONNECTED);
            bench.awaitState(caller.transport, TransportState.FAILED);
            assertEquals(0, bench.server.transports());
        }
    }

    @Test
    void aClientThatComesBackInTimeIsConnectedAgain() throws Exception {
        try (var bench = new TransportBench(
                new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 1, 10, 10, 5_000, 700, 15_000, io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            caller.client.keepAlive(false);
            bench.awaitState(caller.transport, TransportState.DISCONNECTED);
            caller.client.keepAlive(true);
            bench.awaitState(caller.transport, TransportState.CONNECTED);
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void aClientThatNeverConnectsFails() throws Exception {
        var soon = new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 1, 10, 10, 300, 5_000, 15_000, io);
        try (var bench = new TransportBench(soon)) {
            var caller = bench.new Caller(Options.UDP);
            caller.transport = bench.server.create(
                    bench.server.loopFor("room"), "t", RemoteTransport.of(caller.offer()), bench.echo);
            bench.awaitState(caller.transport, TransportState.FAILED);
        }
    }

    @Test
    void mediaFollowsAClientToAnotherAddress() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            assertTrue(caller.echoes(1));
            for (int move = 0; move < 2 * ClientPaths.PATHS_MAX; move++) { // also when there are more than it keeps
                caller.client.changeAddress();
                assertTrue(caller.echoes(2 + move), "move " + move);
            }
            assertTrue(caller.transport.counters().pathChanges > 0);
            assertTrue(((NettyMediaTransports) bench.server).table().addresses() <= ClientPaths.PATHS_MAX);
        }
    }

    @Test
    void anIceRestartKeepsDtlsAndChangesTheNames() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            LocalTransport before = caller.transport.local();
            caller.client.restartIce();
            var offer = caller.offer();
            caller.transport.restartIce(RemoteTransport.of(offer));
            LocalTransport after = caller.transport.local();
            assertNotEquals(before.iceUfrag(), after.iceUfrag());
            assertNotEquals(before.icePwd(), after.icePwd());
            assertEquals(before.fingerprint(), after.fingerprint());
            assertTrue(caller.echoes(1), "the old path carries on");
            caller.client.answer(TransportBench.answerTo(offer, caller.transport));
            caller.client.changeAddress(); // only a check under the new names can bring this address in
            assertTrue(caller.echoes(2), "the new names work");
            assertEquals(1, ((NettyMediaTransports) bench.server).table().names(), "the old name is forgotten");
        }
    }

    @Test
    void aCheckOfARestartWhoseOfferIsOnItsWayIsNotTakenForAForgedOne() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io));
                var socket = new DatagramSocket()) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            LocalTransport local = caller.transport.local();
            check(socket, bench.server.port(), local.iceUfrag() + ":restarted", local.icePwd());
            assertTrue(caller.echoes(1), "what came before has been seen");
            assertEquals(1, caller.transport.counters().stunEarly);
            assertEquals(0, caller.transport.counters().stunBad);
            check(socket, bench.server.port(), local.iceUfrag() + ":restarted", "x".repeat(22));
            assertTrue(caller.echoes(2));
            assertEquals(1, caller.transport.counters().stunEarly);
            assertEquals(1, caller.transport.counters().stunBad);
            assertEquals(0, caller.transport.counters().pathChanges);
        }
    }

    private static void check(DatagramSocket socket, int port, String username, String password) throws Exception {
        ByteBuf out = Unpooled.buffer();
        var stun = new StunWriter();
        stun.begin(out, StunMessage.BINDING_REQUEST, 1, 1)
                .username(username)
                .controlling(7)
                .priority(1);
        stun.end(new StunKey(password));
        byte[] bytes = ByteBufUtil.getBytes(out);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    @Test
    void aClosedTransportLeavesNothingInTheTables() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            caller.transport.close();
            bench.awaitState(caller.transport, TransportState.CLOSED);
            var table = ((NettyMediaTransports) bench.server).table();
            assertEquals(0, table.addresses());
            assertEquals(0, bench.server.transports());
            assertFalse(table.names() > 1);
        }
    }

    @Test
    void takesNoMoreTransportsThanItsSettingsAllow() throws Exception {
        var two = new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 1, 2, 10, 10_000, 5_000, 15_000, io);
        try (var bench = new TransportBench(two)) {
            var remote = RemoteTransport.of(bench.new Caller(Options.UDP).offer());
            MediaLoop loop = bench.server.loopFor("room");
            bench.server.create(loop, "1", remote, bench.echo);
            bench.server.create(loop, "2", remote, bench.echo);
            assertThrows(IllegalStateException.class, () -> bench.server.create(loop, "3", remote, bench.echo));
        }
    }
}
