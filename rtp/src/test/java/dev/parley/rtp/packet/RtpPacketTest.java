package dev.parley.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.rtp.packet.RtpPacket.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    static ByteBuf hex(String text) {
        return Unpooled.directBuffer().writeBytes(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    /** Bytes that the task allocates on this thread when it is warm; the least of some tries, for the compiler allocates too. */
    static long allocatedBytes(int times, Runnable task) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < times; i++) {
                task.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private final RtpPacket packet = new RtpPacket();

    @Test
    void readsTheFixedHeader() {
        ByteBuf buf = hex("80 E0 FFFE 80000001 DEADBEEF 010203");
        assertEquals(Verdict.OK, packet.wrap(buf));
        assertTrue(packet.marker());
        assertEquals(96, packet.payloadType());
        assertEquals(65534, packet.sequence());
        assertEquals(0x80000001L, packet.timestamp());
        assertEquals(0xDEADBEEFL, packet.ssrc());
        assertEquals(12, packet.headerLength());
        assertEquals(3, packet.payloadLength());
        assertEquals(1, buf.getByte(packet.payloadOffset()));
        assertEquals(-1, packet.extensionOffset(1));
    }

    @Test
    void readsCsrcsExtensionAndPadding() {
        ByteBuf buf = hex("B1 6F 0001 00000002 00000003 0000000A  BEDE 0001 10 7F 00 00  AABB 000003");
        assertEquals(Verdict.OK, packet.wrap(buf));
        assertEquals(1, packet.csrcCount());
        assertEquals(10, packet.csrc(0));
        assertEquals(24, packet.headerLength());
        assertEquals(3, packet.paddingLength());
        assertEquals(2, packet.payloadLength());
        assertEquals(0x7F, buf.getByte(packet.extensionOffset(1)));
        assertEquals(1, packet.extensionLength());
    }

    @Test
    void refusesWhatIsNoPacket() {
        assertEquals(Verdict.TOO_SHORT, packet.wrap(hex("80600001 00000002 000000")));
        assertEquals(Verdict.NOT_VERSION_2, packet.wrap(hex("40600001 00000002 00000003")));
        assertEquals(Verdict.CSRC_OVERRUN, packet.wrap(hex("8F600001 00000002 00000003")));
        assertEquals(Verdict.EXTENSION_OVERRUN, packet.wrap(hex("90600001 00000002 00000003 BEDE")));
        assertEquals(Verdict.EXTENSION_OVERRUN, packet.wrap(hex("90600001 00000002 00000003 BEDEFFFF 00000000")));
        assertEquals(Verdict.PADDING_OVERRUN, packet.wrap(hex("A0600001 00000002 00000003 0003")));
        assertEquals(Verdict.PADDING_OVERRUN, packet.wrap(hex("A0600001 00000002 00000003 0000")));
        assertEquals(Verdict.PADDING_OVERRUN, packet.wrap(hex("A0600001 00000002 00000003")));
    }

    @Test
    void findsOneByteExtensionsAfterPaddingAndStopsAtId15() {
        packet.wrap(hex("90600001 00000002 00000003 BEDE 0003  00 22 010203 00 51 0405 F0 60 07 00"));
        assertEquals(3, lengthOf(2));
        assertEquals(2, lengthOf(5));
        assertEquals(0, lengthOf(6), "after id 15 nothing counts");
        assertEquals(0, lengthOf(3));
    }

    @Test
    void findsTwoByteExtensionsWithEmptyOnes() {
        ByteBuf buf = hex("90600001 00000002 00000003 1000 0003  01 00  02 02 AABB  FF 01 CC 00 00 00");
        packet.wrap(buf);
        assertTrue(packet.extensionOffset(1) > 0);
        assertEquals(0, packet.extensionLength());
        assertEquals(0xAABB, buf.getUnsignedShort(packet.extensionOffset(2)));
        assertEquals(1, lengthOf(255));
    }

    @Test
    void anExtensionElementThatRunsPastTheBlockIsNotFound() {
        packet.wrap(hex("90600001 00000002 00000003 BEDE 0001  1F 010203"));
        assertEquals(-1, packet.extensionOffset(1));
        packet.wrap(hex("90600001 00000002 00000003 1000 0001  01 09 0203"));
        assertEquals(-1, packet.extensionOffset(1));
    }

    private int lengthOf(int id) {
        return packet.extensionOffset(id) < 0 ? 0 : packet.extensionLength();
    }

    @Test
    void rewritesInPlace() {
        ByteBuf buf = hex("80E00001 00000002 00000003 FF");
        packet.wrap(buf);
        packet.sequence(0x10005)
                .timestamp(0x1_0000_0007L)
                .ssrc(0xFFFFFFFFL)
                .payloadType(111)
                .marker(false);
        assertEquals(hex("806F0005 00000007 FFFFFFFF FF"), buf);
        packet.marker(true);
        assertEquals(111, packet.payloadType());
        assertTrue(packet.marker());
    }

    @Test
    void writesAHeader() {
        ByteBuf out = Unpooled.buffer();
        RtpPacket.writeHeader(out, 96, true, 65535, 0xFFFFFFFFL, 1);
        assertEquals(hex("80E0FFFF FFFFFFFF 00000001"), out);
    }

    @Test
    void readingAndRewritingAllocatesNothing() {
        ByteBuf buf = hex("90600001 00000002 00000003 BEDE 0001 10 7F 00 00 AABB");
        assertEquals(0, allocatedBytes(100_000, () -> {
            packet.wrap(buf);
            packet.sequence(packet.sequence() + 1);
            packet.extensionOffset(1);
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noBytesMakeItReadOutsideThePacket(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
            }
            if (bytes.length > 16 && random.nextBoolean()) {
                bytes[0] &= (byte) 0xF0;
                bytes[12] = (byte) 0xBE;
                bytes[13] = (byte) 0xDE;
                bytes[14] = 0;
                bytes[15] = (byte) random.nextInt(12);
            }
            ByteBuf exact = Unpooled.wrappedBuffer(bytes); // reading past the end throws
            if (packet.wrap(exact) == Verdict.OK) {
                assertTrue(packet.payloadLength() >= 0, "seed " + seed);
                for (int id = 0; id < 256; id++) {
                    int at = packet.extensionOffset(id);
                    assertTrue(at < 0 || at + packet.extensionLength() <= bytes.length, "seed " + seed);
                }
            }
        }
    }

    @Test
    void tellsWhatSharesThePort() {
        assertEquals(PacketKind.STUN, PacketKind.of(hex("0001")));
        assertEquals(PacketKind.DTLS, PacketKind.of(hex("16FE")));
        assertEquals(PacketKind.TURN_CHANNEL, PacketKind.of(hex("4000")));
        assertEquals(PacketKind.RTP, PacketKind.of(hex("8060")));
        assertEquals(PacketKind.RTP, PacketKind.of(hex("80EF")), "payload type 111 with marker");
        assertEquals(PacketKind.RTCP, PacketKind.of(hex("80C8")));
        assertEquals(PacketKind.RTCP, PacketKind.of(hex("81CD")));
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(hex("FF00")));
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(hex("80")));
        assertFalse(PacketKind.isRtcpType(224));
    }
}
