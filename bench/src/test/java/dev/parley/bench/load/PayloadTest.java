package dev.parley.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.domain.KeyFrames;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private final Payload payload = new Payload();

    private static ByteBuf written(int bytes) {
        ByteBuf out = Unpooled.buffer();
        Payload.write(out, bytes, true, true, 7, 3, 12_345_678_901L, 99);
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {Payload.BYTES_MIN, 53, 100, 1_100, Payload.BYTES_MAX})
    void whatIsWrittenIsReadBack(int bytes) {
        ByteBuf out = written(bytes);
        assertEquals(bytes, out.readableBytes());
        assertTrue(payload.read(out, 0, bytes));
        assertEquals(3, payload.publication());
        assertEquals(12_345_678_901L, payload.number());
        assertEquals(99, payload.sentNs());
    }

    @Test
    void anyChangedByteOfThePatternIsSeen() {
        for (int at = 40; at < 200; at++) {
            ByteBuf out = written(200);
            out.setByte(at, out.getByte(at) ^ 1);
            assertFalse(payload.read(out, 0, 200), "byte " + at);
        }
    }

    @Test
    void aWrongMagicAnotherNumberAndACutPayloadAreSeen() {
        for (int at : new int[] {16, 23, 31}) {
            ByteBuf out = written(200);
            out.setByte(at, out.getByte(at) ^ 1);
            assertFalse(payload.read(out, 0, 200), "byte " + at);
        }
        assertFalse(payload.read(written(200), 0, 39));
    }

    @Test
    void aRewrittenPictureIdDoesNotMatter() {
        ByteBuf out = written(200);
        out.setShort(2, 0x8000 | 4_711);
        assertTrue(payload.read(out, 0, 200));
    }

    @Test
    void relaysTakeItForAKeyFrameOfVp8OnlyWhereOneBegins() {
        assertTrue(begins(true, true));
        assertFalse(begins(true, false));
        assertFalse(begins(false, true));
    }

    private static boolean begins(boolean start, boolean key) {
        ByteBuf out = Unpooled.buffer();
        RtpPacket.writeHeader(out, 96, false, 1, 2, 3);
        Payload.write(out, 100, start, key, 7, 3, 1, 2);
        var packet = new RtpPacket();
        assertEquals(RtpPacket.Verdict.OK, packet.wrap(out));
        return KeyFrames.VP8.begins(packet);
    }
}
