package dev.parley.relay.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.MediaIo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole relay under a small load, on both ways to the network. The figures are in docs/performance.md; here is what must always hold. */
class FanOutTest {
    @ParameterizedTest
    @EnumSource(
            value = MediaIo.class,
            names = {"NATIVE", "NETTY"})
    void everyPacketReachesEverySubscriberOnce(MediaIo io) throws Exception {
        try (var path = new FanOut(io, 10)) {
            FanOut.Result even = path.pass(300, 1);
            FanOut.Result bursts = path.pass(600, 10);
            assertEquals(0, even.lost());
            assertEquals(0, bursts.lost());
            assertEquals(6_000, bursts.forwarded());
        }
    }

    @Test
    void aForwardedPacketAllocatesNothing() throws Exception {
        try (var path = new FanOut(MediaIo.NATIVE, 20)) {
            path.pass(6_000, 10); // compiled after this, mostly
            FanOut.Result best = null;
            for (int round = 0; round < 5 && (best == null || best.bytesPerPacket() >= 1); round++) {
                best = path.pass(4_000, 10); // 80,000 forwarded; a compiler that is late allocates for a while yet
            }
            // What is left is by time, not by packet: ticks of rooms, consent checks.
            assertTrue(best.bytesPerPacket() < 1, best::toString);
        }
    }

    @Test
    void aBurstLeavesByFarFewerSystemCallsThanPackets() throws Exception {
        try (var path = new FanOut(MediaIo.NATIVE, 20)) {
            FanOut.Result bursts = path.pass(1_000, 10);
            assertEquals(0, bursts.lost());
            assertTrue(bursts.sendCalls() * 5 < bursts.forwarded(), bursts::toString);
        }
    }
}
