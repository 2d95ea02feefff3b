package dev.parley.rtp.framed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPacketsTest {
    @Test
    void aClockMarkIsAnAppPacketWithPaddedJson() {
        ByteBuf out = Unpooled.buffer();
        AppPackets.writeTime(out, 7, 8, 9);
        assertEquals(
                "80cc000a" + "00000000" + "54494d45" + hexOf("{\"us\":7,\"wallMs\":8,\"index\":9}   "),
                ByteBufUtil.hexDump(out));
        assertTrue(AppPackets.isApp(out));
        assertTrue(Frames.isRtcp(out));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 999, 1_000, 1_760_000_000_000L, Long.MAX_VALUE, -1, -1_000})
    void clockMarksOfAnySizeComeBack(long value) {
        ByteBuf out = Unpooled.buffer();
        AppPackets.writeTime(out, value, value, value);
        assertEquals(AppPackets.TIME, AppPackets.nameOf(out));
        assertEquals(new ClockMark(value, value, value), AppPackets.readTime(out));
    }

    @Test
    void gapsComeBack() {
        ByteBuf out = Unpooled.buffer();
        AppPackets.writeGap(out, 10, 20);
        assertEquals(AppPackets.GAPS, AppPackets.nameOf(out));
        assertEquals(new FrameGap(10, 20), AppPackets.readGap(out));
    }

    @Test
    void tracksComeBackWithExtensionsAndForeignLetters() {
        var event = new TrackEvent(
                TrackEvent.STARTED,
                new FeedInfo("f1", "p1", "u1", "李雷", "cam", "camera"),
                MediaKind.VIDEO,
                0xFFFF_FFFFL,
                "VP8",
                96,
                90_000,
                0,
                "",
                false,
                Map.of(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
        ByteBuf out = Unpooled.buffer();
        AppPackets.write(out, event);
        assertEquals(AppPackets.TRAK, AppPackets.nameOf(out));
        assertEquals(event, AppPackets.readTrack(out));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"kind\":\"video\""));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"1\":\"urn:ietf"));
    }

    @Test
    void aTrackFrameThatIsNoJsonIsNull() {
        ByteBuf app = Unpooled.buffer();
        app.writeBytes(ByteBufUtil.decodeHexDump("80cc0003" + "00000000" + "5452414b" + "7b7b7b7b"));
        assertNull(AppPackets.readTrack(app));
    }

    @Test
    void aSenderReportAndAForeignAppPacketAreNotTheRelaysApp() {
        assertFalse(AppPackets.isApp(hex("80c80006" + "00000001" + "00000000".repeat(5))));
        assertFalse(AppPackets.isApp(hex("80cc0002" + "00000001" + "54494d45")));
        assertFalse(AppPackets.isApp(hex("80cc0001" + "00000000")));
    }

    @Test
    void rtpAndRtcpAreToldApartByTheSecondByte() {
        assertFalse(Frames.isRtcp(hex("80600001")));
        assertFalse(Frames.isRtcp(hex("80e00001")));
        assertTrue(Frames.isRtcp(hex("80c80006")));
        assertTrue(Frames.isRtcp(hex("81cd0006")));
        assertFalse(Frames.isRtcp(hex("80")));
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static String hexOf(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
    }
}
