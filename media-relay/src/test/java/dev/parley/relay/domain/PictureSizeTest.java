package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PictureSizeTest {
    private final PictureSize size = new PictureSize();

    private void read(KeyFrames codec, String payload) {
        var packet = new RtpPacket();
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("8060000100000002" + "00000003" + payload)));
        size.read(codec, packet);
    }

    @Test
    void aVp8KeyFrameTellsItsSize() {
        read(KeyFrames.VP8, "90E08123" + "0520" + "50F100" + "9D012A" + "80026841" + "00"); // 640x360, scaling hint 1
        assertEquals(640, size.width());
        assertEquals(360, size.height());
    }

    @Test
    void withoutStartCodeOrCutShortTheSizeStaysAsItWas() {
        read(KeyFrames.VP8, "10" + "50F100" + "9D012A" + "40010001" + "00");
        assertEquals(320, size.width());
        read(KeyFrames.VP8, "10" + "50F100" + "9D012B" + "80028001" + "00");
        read(KeyFrames.VP8, "10" + "50F100" + "9D012A" + "8002");
        read(KeyFrames.VP8, "90E081");
        assertEquals(320, size.width());
        assertEquals(256, size.height());
    }

    @Test
    void anH264ParameterSetTellsItAloneAndInAnAggregate() {
        String sps = "6742C00CD901419F9F011000000300100000030320F142A480"; // 320x180
        read(KeyFrames.H264, sps);
        assertEquals(320, size.width());
        assertEquals(180, size.height());
        var other = new PictureSize();
        var packet = new RtpPacket();
        String aggregate = "78" + "0019" + sps + "0004" + "68CB83CB";
        packet.wrap(Unpooled.wrappedBuffer(HexFormat.of().parseHex("8060000100000002" + "00000003" + aggregate)));
        other.read(KeyFrames.H264, packet);
        assertEquals(320, other.width());
    }

    @Test
    void aLyingLengthIsNotBelieved() {
        read(KeyFrames.H264, "78" + "FFFF" + "6742C01F");
        read(KeyFrames.H264, "78" + "0000");
        read(KeyFrames.H264, "67");
        assertEquals(0, size.width());
    }
}
