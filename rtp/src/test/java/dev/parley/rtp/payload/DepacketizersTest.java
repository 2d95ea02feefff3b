package dev.parley.rtp.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepacketizersTest {
    private static final String KEY_320X180 = "100000" + "9D012A" + "4001" + "B400";
    /** As x264 writes it: baseline, 192 lines coded, 12 cropped, emulation prevention inside. */
    private static final String SPS_320X180 = "6742C00CD901419F9F011000000300100000030320F142A480";

    private final List<EncodedFrame> frames = new ArrayList<>();

    @Test
    void vp8FrameOfTwoPacketsWithAnExtendedDescriptorIsPutTogether() {
        var vp8 = new Vp8Depacketizer();
        vp8.push(hex("90" + "80" + "8123" + KEY_320X180), 3000, false, false, frames::add);
        vp8.push(hex("80" + "80" + "8123" + "AABB"), 3000, true, false, frames::add);
        EncodedFrame frame = frames.getFirst();
        assertArrayEquals(bytes(KEY_320X180 + "AABB"), frame.data());
        assertTrue(frame.key());
        assertEquals(320, frame.width());
        assertEquals(180, frame.height());
    }

    @Test
    void vp8DescriptorGivesPictureIdAndTemporalLayer() {
        var header = new Vp8Header();
        assertEquals(Vp8Header.Verdict.OK, header.wrap(hex("B0" + "F0" + "8123" + "07" + "85" + "00")));
        assertEquals(6, header.length());
        assertEquals(0x123, header.pictureId());
        assertEquals(2, header.temporalLayer());
        assertTrue(header.nonReference());
        assertEquals(Vp8Header.Verdict.TOO_SHORT, header.wrap(hex("90F081")));
    }

    @Test
    void aVp8FrameWithALossIsDroppedAndTheNextOneComes() {
        var vp8 = new Vp8Depacketizer();
        vp8.push(hex("10" + KEY_320X180), 0, false, false, frames::add);
        vp8.push(hex("00AA"), 0, true, true, frames::add);
        vp8.push(hex("10" + KEY_320X180), 3000, true, false, frames::add);
        assertEquals(
                List.of(3000L), frames.stream().map(EncodedFrame::timestamp).toList());
        assertEquals(1, vp8.damagedFrames());
    }

    @Test
    void h264StapAThenFuAMakesOneAccessUnitInAnnexB() {
        var h264 = new H264Depacketizer("");
        h264.push(hex("78" + "0019" + SPS_320X180 + "0004" + "68CE3C80"), 90, false, false, frames::add);
        h264.push(hex("7C85" + "0102"), 90, false, false, frames::add);
        h264.push(hex("7C05" + "0304"), 90, false, false, frames::add);
        h264.push(hex("7C45" + "05"), 90, true, false, frames::add);
        EncodedFrame unit = frames.getFirst();
        String start = "00000001";
        assertEquals(
                start + SPS_320X180 + start + "68CE3C80" + start + "650102030405",
                HexFormat.of().withUpperCase().formatHex(unit.data()));
        assertTrue(unit.key());
        assertEquals(320, unit.width());
    }

    @Test
    void h264FuAWithALostMiddleIsDroppedAndParameterSetsAreRemembered() {
        var h264 = new H264Depacketizer("packetization-mode=1;sprop-parameter-sets="
                + java.util.Base64.getEncoder().encodeToString(bytes(SPS_320X180)) + ",aM48gA==");
        h264.push(hex("7C85" + "0102"), 0, false, false, frames::add);
        h264.push(hex("7C45" + "05"), 0, true, true, frames::add);
        assertEquals(1, h264.damagedFrames());
        h264.push(hex("6588"), 3000, true, false, frames::add);
        assertEquals(0x67, frames.getFirst().data()[4], "the parameter sets come first");
        assertEquals(320, frames.getFirst().width());
    }

    @Test
    void anSpsCutShortIsNoSps() {
        assertEquals(new H264Sps(320, 180), H264Sps.parse(bytes(SPS_320X180)));
        String high = "67640020ACD9405105DE2223011000000300100000030320F1831960";
        assertEquals(new H264Sps(1282, 722), H264Sps.parse(bytes(high)));
        for (int length = 0; length < 7; length++)
            assertNull(H264Sps.parse(java.util.Arrays.copyOf(bytes(SPS_320X180), length)));
    }

    @ParameterizedTest
    @CsvSource({
        "78AA, 960",
        "7800, 960",
        "00AA, 480",
        "08AA, 960",
        "18AA, 2880",
        "80AA, 120",
        "FB03, 2880",
        "FB3F, 0",
        "79AA, 1920"
    })
    void opusLengthIsReadFromTheFirstBytes(String packet, int samples) {
        assertEquals(samples, OpusPacket.samples(hex(packet)));
    }

    @Test
    void noPayloadMakesADepacketizerThrow() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var both = List.of(new Vp8Depacketizer(), new H264Depacketizer(""));
            for (int i = 0; i < 200; i++) {
                byte[] payload = new byte[random.nextInt(30)];
                random.nextBytes(payload);
                for (var one : both) {
                    one.push(
                            Unpooled.wrappedBuffer(payload),
                            random.nextInt(4),
                            random.nextBoolean(),
                            random.nextInt(9) == 0,
                            frames::add);
                }
                OpusPacket.samples(Unpooled.wrappedBuffer(payload));
            }
            both.forEach(one -> one.flush(frames::add));
        }
        assertFalse(frames.isEmpty());
    }

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(bytes(text));
    }

    private static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text);
    }
}
