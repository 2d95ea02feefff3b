package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PictureNumbersTest {
    private final PictureNumbers numbers = new PictureNumbers(4);
    private final Vp8Layers picture = new Vp8Layers();

    /** Picture id and TL0PICIDX that go out, as hex. */
    private String sent(int source, int id, int base) {
        String descriptor = String.format("90E0%04X%02X2010", 0x8000 | id, base);
        var packet = new RtpPacket();
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("806000010000000200000003" + descriptor)));
        picture.wrap(packet);
        numbers.onPacket(source, picture, picture.pictureId());
        return numbers.id(source, picture, picture.pictureId()) + "/" + numbers.baseIndex(source, picture);
    }

    @Test
    void theFirstSourceKeepsItsNumbers() {
        numbers.begin(1);
        assertEquals("100/7", sent(1, 100, 7));
        assertEquals("101/7", sent(1, 101, 7));
    }

    @Test
    void anotherSourceGoesOnAfterTheNewestAndItsStragglersKeepTheShift() {
        numbers.begin(1);
        sent(1, 32_766, 254);
        sent(1, 32_767, 255);
        numbers.begin(2);
        assertEquals("0/0", sent(2, 5_000, 9), "wraps as the fields do");
        assertEquals("2/1", sent(2, 5_002, 10));
        assertEquals("1/0", sent(2, 5_001, 9), "came late");
        numbers.begin(3);
        assertEquals("3/2", sent(3, 1, 200));
        assertEquals("4/2", sent(3, 2, 200));
    }

    @Test
    void sevenBitsWrapAtSevenBits() {
        var packet = new RtpPacket();
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("806000010000000200000003" + "90807F0010")));
        picture.wrap(packet);
        numbers.begin(0);
        numbers.onPacket(0, picture, picture.pictureId());
        numbers.begin(1);
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("806000010000000200000003" + "9080050010")));
        picture.wrap(packet);
        numbers.onPacket(1, picture, picture.pictureId());
        assertEquals(0, numbers.id(1, picture, picture.pictureId()));
        assertEquals(-1, numbers.baseIndex(1, picture));
    }
}
