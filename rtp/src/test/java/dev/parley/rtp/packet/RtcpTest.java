package dev.parley.rtp.packet;

import static dev.parley.rtp.packet.RtpPacketTest.allocatedBytes;
import static dev.parley.rtp.packet.RtpPacketTest.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.rtp.packet.RtcpPacket.Kind;
import dev.parley.rtp.packet.RtcpReader.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
    private final RtcpReader reader = new RtcpReader();
    private final RtcpPacket packet = new RtcpPacket();
    private final ByteBuf out = Unpooled.buffer();

    private void next(Kind expected) {
        assertTrue(reader.next(packet));
        assertEquals(expected, packet.kind());
    }

    private void end() {
        assertFalse(reader.next(packet));
        assertEquals(Verdict.OK, reader.verdict());
    }

    @Test
    void aCompoundOfReportsIsReadAsItWasWritten() {
        RtcpWriter.senderReport(out, 0xFFFFFFFFL, 0xE000000080000000L, 90_000, 10, 1_000, 1);
        RtcpWriter.reportBlock(out, 7, 64, -3, 0x0001_FFFFL, 12, 0xAABBCCDDL, 65_536);
        RtcpWriter.receiverReport(out, 8, 1);
        RtcpWriter.reportBlock(out, 9, 0, 0x7FFFFF, 1, 2, 3, 4);
        RtcpWriter.sdesCname(out, 8, "cname@host");
        RtcpWriter.bye(out, 8);
        reader.wrap(out);
        next(Kind.SENDER_REPORT);
        assertEquals(0xFFFFFFFFL, packet.senderSsrc());
        assertEquals(0xE000000080000000L, packet.ntpTime());
        assertEquals(90_000, packet.rtpTimestamp());
        assertEquals(10, packet.senderPacketCount());
        assertEquals(1_000, packet.senderOctetCount());
        assertEquals(7, packet.reportSsrc(0));
        assertEquals(64, packet.fractionLost(0));
        assertEquals(-3, packet.cumulativeLost(0));
        assertEquals(0x0001_FFFFL, packet.extendedHighestSequence(0));
        assertEquals(12, packet.jitter(0));
        assertEquals(0xAABBCCDDL, packet.lastSenderReport(0));
        assertEquals(65_536, packet.delaySinceLastSenderReport(0));
        next(Kind.RECEIVER_REPORT);
        assertEquals(9, packet.reportSsrc(0));
        assertEquals(0x7FFFFF, packet.cumulativeLost(0));
        next(Kind.SDES);
        assertEquals(0, packet.length() % 4);
        assertEquals("cname@host", out.toString(packet.offset() + 10, 10, StandardCharsets.US_ASCII));
        next(Kind.BYE);
        assertEquals(8, packet.byeSsrc(0));
        end();
    }

    @Test
    void sdesEndsWithAtLeastOneZeroForEveryLengthOfName() {
        for (int length = 0; length <= 300; length++) {
            out.clear();
            RtcpWriter.sdesCname(out, 1, "x".repeat(length));
            reader.wrap(out);
            next(Kind.SDES);
            end();
            assertEquals(0, out.getByte(out.writerIndex() - 1), "length " + length);
        }
    }

    @Test
    void feedbackIsReadAsItWasWritten() {
        RtcpWriter.nack(out, 1, 2, new int[] {65534, 65535, 0, 14, 15, 100}, 6);
        RtcpWriter.pli(out, 1, 2);
        RtcpWriter.fir(out, 1, 2, 200);
        RtcpWriter.remb(out, 1, 2_500_000, 2);
        reader.wrap(out);
        next(Kind.NACK);
        assertEquals(2, packet.mediaSsrc());
        assertEquals(3, packet.nackCount());
        assertEquals(65534, packet.nackPid(0));
        assertEquals(0b1000_0000_0000_0011, packet.nackBitmask(0)); // 65535, 0, 14
        assertEquals(15, packet.nackPid(1));
        assertEquals(0, packet.nackBitmask(1));
        assertEquals(100, packet.nackPid(2));
        next(Kind.PLI);
        next(Kind.FIR);
        assertEquals(1, packet.firCount());
        assertEquals(2, packet.firSsrc(0));
        assertEquals(200, packet.firSequence(0));
        next(Kind.REMB);
        assertEquals(1, packet.rembSsrcCount());
        assertEquals(2, packet.rembSsrc(0));
        assertEquals(2_500_000, packet.rembBitsPerSecond(), 32);
        end();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x3FFFF, 0x40000, 1_000_000_000_000L, Long.MAX_VALUE})
    void rembKeepsEveryRateWithin18Bits(long rate) {
        RtcpWriter.remb(out, 1, rate, 2);
        reader.wrap(out);
        next(Kind.REMB);
        long read = packet.rembBitsPerSecond();
        assertTrue(read <= rate && read >= rate - rate / 131_072 - 1, rate + " became " + read);
    }

    @Test
    void aHostileRembExponentIsCutOffAndNotWrapped() {
        reader.wrap(hex("8FCE0005 00000001 00000000 52454D42 01 FFFFFF 00000002"));
        next(Kind.REMB);
        assertEquals(Long.MAX_VALUE, packet.rembBitsPerSecond());
    }

    @Test
    void recognisesTransportCcAndApp() {
        reader.wrap(hex("8FCD0004 00000001 00000002 0001 0001 000000 00" + "82CC0003 00000000 54494D45 7B7D2020"));
        next(Kind.TRANSPORT_CC);
        next(Kind.APP);
        assertEquals(2, packet.count());
        assertEquals(0x54494D45, packet.appName());
        assertEquals(
                "{}  ",
                packet.buffer().toString(packet.appDataOffset(), packet.appDataLength(), StandardCharsets.US_ASCII));
        end();
    }

    @Test
    void badCompoundsAreVerdicts() {
        assertEquals(Verdict.TOO_SHORT, verdict(""));
        assertEquals(Verdict.TOO_SHORT, verdict("80C9"));
        assertEquals(Verdict.NOT_VERSION_2, verdict("00C90001 00000001"));
        assertEquals(Verdict.NOT_RTCP, verdict("80600001 00000001"));
        assertEquals(Verdict.LENGTH_OVERRUN, verdict("80C90002 00000001"));
        assertEquals(Verdict.PADDING_OVERRUN, verdict("A0C90001 00000009"));
        assertEquals(Verdict.PADDING_OVERRUN, verdict("A0C90001 00000000"));
        assertEquals(Verdict.LENGTH_OVERRUN, verdict("80C90001 00000001 81CB0001"), "the first was good");
    }

    private Verdict verdict(String bytes) {
        reader.wrap(hex(bytes));
        while (reader.next(packet)) {
            assertTrue(packet.length() >= 4);
        }
        return reader.verdict();
    }

    @Test
    void aReportThatIsShorterThanItsCountIsUnknown() {
        reader.wrap(hex("82C90001 00000001"));
        next(Kind.UNKNOWN);
        end();
    }

    @Test
    void moreThan31BlocksCannotBeWritten() {
        assertThrows(IllegalArgumentException.class, () -> RtcpWriter.receiverReport(out, 1, 32));
    }

    @Test
    void readingAndWritingAllocatesNothing() {
        ByteBuf direct = Unpooled.directBuffer(256);
        int[] lost = {1, 2, 3, 40};
        assertEquals(0, allocatedBytes(100_000, () -> {
            direct.clear();
            RtcpWriter.receiverReport(direct, 1, 1);
            RtcpWriter.reportBlock(direct, 2, 3, 4, 5, 6, 7, 8);
            RtcpWriter.nack(direct, 1, 2, lost, 4);
            RtcpWriter.pli(direct, 1, 2);
            reader.wrap(direct);
            while (reader.next(packet)) {
                packet.senderSsrc();
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noBytesMakeItReadOutsideTheCompound(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[4 * random.nextInt(20)];
            random.nextBytes(bytes);
            for (int at = 0; at + 4 <= bytes.length; at += 4 * (1 + (bytes[at + 3] & 0xFF))) {
                bytes[at] = (byte) (0x80 | bytes[at] & 0x3F);
                bytes[at + 1] = (byte) (200 + random.nextInt(8));
                bytes[at + 2] = 0;
                bytes[at + 3] = (byte) random.nextInt(9);
            }
            reader.wrap(Unpooled.wrappedBuffer(bytes));
            while (reader.next(packet)) {
                touchAll();
            }
        }
    }

    private void touchAll() {
        packet.senderSsrc();
        switch (packet.kind()) {
            case SENDER_REPORT, RECEIVER_REPORT -> {
                for (int i = 0; i < packet.count(); i++) {
                    packet.delaySinceLastSenderReport(i);
                }
            }
            case NACK -> {
                assertTrue(packet.nackCount() >= 1);
                packet.nackBitmask(packet.nackCount() - 1);
            }
            case FIR -> packet.firSequence(packet.firCount() - 1);
            case REMB -> {
                packet.rembBitsPerSecond();
                if (packet.rembSsrcCount() > 0) {
                    packet.rembSsrc(packet.rembSsrcCount() - 1);
                }
            }
            case BYE -> {
                if (packet.count() > 0) {
                    packet.byeSsrc(packet.count() - 1);
                }
            }
            case APP -> assertTrue(packet.appDataLength() >= 0);
            case SDES, TRANSPORT_CC, PLI, EXTENDED_REPORT, UNKNOWN -> {}
        }
    }
}
