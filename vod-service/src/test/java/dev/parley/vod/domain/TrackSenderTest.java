package dev.parley.vod.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TrackSenderTest {
    /** 2026-01-01T00:00:00Z. */
    private static final long ORIGIN_US = 1_767_225_600_000_000L;

    private static final OutTrack VIDEO = OutTrack.video(0x01020304);
    private final TrackSender sender = new TrackSender(VIDEO, "feed-1", ORIGIN_US);

    @Test
    void passesItsOwnRtpAndNothingElse() {
        assertEquals(RtpVerdict.RTP, judge("80600001" + "00000002" + "01020304" + "AA"));
        assertEquals(RtpVerdict.FOREIGN, judge("80600001" + "00000002" + "01020305" + "AA")); // another SSRC
        assertEquals(RtpVerdict.FOREIGN, judge("80610001" + "00000002" + "01020304" + "AA")); // another payload type
        assertEquals(RtpVerdict.NOT_VERSION_2, judge("40600001" + "00000002" + "01020304"));
        assertEquals(RtpVerdict.TOO_SHORT, judge("80600001" + "00000002" + "010203"));
        assertEquals(RtpVerdict.TOO_SHORT, judge(""));
    }

    @Test
    void keepsRtcpOutOfTheRoom() {
        assertEquals(RtpVerdict.SENDER_REPORT, judge(ffmpegReport(0, 1_000)));
        assertEquals(RtpVerdict.FOREIGN, judge(ffmpegReport(0, 1_000).replace("01020304", "01020305")));
        assertEquals(RtpVerdict.OTHER_RTCP, judge("81CB0001" + "01020304")); // BYE
        assertEquals(RtpVerdict.TOO_SHORT, judge("80C80006" + "01020304" + "0000"));
    }

    @Test
    void aPacketsPlaceInTheFileTellsHowLateItCame() {
        judge(ffmpegReport(200_000, 1_000 + 18_000)); // written 0.2 s after the origin, so time zero is timestamp 1000
        byte[] rtp = bytes("80600001" + "000003E8" + "01020304" + "AA");
        assertEquals(250_000, sender.lagUs(rtp, ORIGIN_US + 250_000));
        byte[] oneSecondOn = bytes("80600002" + HexFormat.of().toHexDigits(1_000 + 90_000) + "01020304" + "AA");
        assertEquals(250_000, sender.lagUs(oneSecondOn, ORIGIN_US + 1_250_000));
    }

    @Test
    void aPacketBeforeTimeZeroIsNotAnHourLate() {
        judge(ffmpegReport(0, 100));
        byte[] early = bytes("80600001" + HexFormat.of().toHexDigits(100 - 900) + "01020304" + "AA");
        assertEquals(10_000, sender.lagUs(early, ORIGIN_US));
    }

    @Test
    void reportsOnceASecondAndOnlyWhatItKnows() {
        assertFalse(sender.reportDue(0), "nothing is known");
        judge(ffmpegReport(0, 1_000));
        assertFalse(sender.reportDue(0), "nothing was sent");
        judge("80600001" + "00000002" + "01020304" + "AA");
        assertTrue(sender.reportDue(ORIGIN_US / 1_000));
        report(ORIGIN_US, 0);
        assertFalse(sender.reportDue(ORIGIN_US / 1_000 + 999));
        assertTrue(sender.reportDue(ORIGIN_US / 1_000 + 1_000));
    }

    @Test
    void aReportTiesTheWallClockToTheFile() {
        judge(ffmpegReport(0, 1_000));
        judge("80600001" + "000003E8" + "01020304" + "AABBCC");
        ByteBuffer report = report(ORIGIN_US + 2_500_000, 500_000);
        assertEquals(0x80C80006, report.getInt(0));
        assertEquals(0x01020304, report.getInt(4));
        assertEquals(1_767_225_602L + 2_208_988_800L, report.getInt(8) & 0xFFFF_FFFFL);
        assertEquals(0x8000_0000, report.getInt(12), "half a second");
        assertEquals(1_000 + 2 * 90_000, report.getInt(16), "2.5 s after the origin, of which 0.5 s is FFmpeg's start");
        assertEquals(1, report.getInt(20), "packets");
        assertEquals(3, report.getInt(24), "octets of payload");
    }

    @Test
    void aReportNamesItsSourceByTheRulesOfSdes() {
        judge(ffmpegReport(0, 1_000));
        ByteBuffer report = report(ORIGIN_US, 0);
        assertEquals(
                "81CA0004" + "01020304" + "0106"
                        + HexFormat.of().withUpperCase().formatHex("feed-1".getBytes()) + "00000000",
                hex(report, 28));
        assertEquals(0, report.limit() % 4);
    }

    @Test
    void aLongNameStillFits() {
        var longNamed = new TrackSender(VIDEO, "x".repeat(500), ORIGIN_US);
        var out = ByteBuffer.allocate(TrackSender.REPORT_BYTES_MAX);
        longNamed.report(out, ORIGIN_US, 0);
        assertEquals(0, out.position() % 4);
        assertEquals((out.position() - 28) / 4 - 1, out.getShort(30));
    }

    private RtpVerdict judge(String hex) {
        byte[] bytes = bytes(hex);
        return sender.onDatagram(bytes, bytes.length);
    }

    /** A sender report as FFmpeg writes it. */
    private static String ffmpegReport(long afterOriginUs, int timestamp) {
        long us = ORIGIN_US + afterOriginUs;
        int seconds = (int) (us / 1_000_000 + 2_208_988_800L);
        int fraction = (int) Math.ceilDiv(us % 1_000_000 << 32, 1_000_000L);
        var hex = HexFormat.of();
        return "80C80006" + "01020304" + hex.toHexDigits(seconds) + hex.toHexDigits(fraction)
                + hex.toHexDigits(timestamp) + "00000000" + "00000000";
    }

    private ByteBuffer report(long nowUs, long lagUs) {
        var out = ByteBuffer.allocate(TrackSender.REPORT_BYTES_MAX);
        sender.report(out, nowUs, lagUs);
        return out.flip();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ByteBuffer buffer, int from) {
        return HexFormat.of().withUpperCase().formatHex(buffer.array(), from, buffer.limit());
    }
}
