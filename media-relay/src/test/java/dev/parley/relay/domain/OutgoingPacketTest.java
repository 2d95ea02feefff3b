package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutgoingPacketTest {
    private static final byte[] NO_MID = {};
    private static final HeaderExtensions IN = new HeaderExtensions(0, 0, 13, 0, 0, 0, 8);
    private static final HeaderExtensions OUT = new HeaderExtensions(0, 0, 3, 0, 0, 0, 5);

    private final OutgoingPacket outgoing = new OutgoingPacket(Unpooled.buffer(OutgoingPacket.capacity()));

    @AfterEach
    void release() {
        outgoing.release();
    }

    @Test
    void orientationAndColorSpaceGoOutUnderTheReceiversIds() {
        load("d0 01", "83 01 01 01 05");
        assertEquals("30 01 53 01 01 01 05 00", extensions(OUT));
    }

    @Test
    void whatTheReceiverDidNotAgreeToStaysBehind() {
        load("d0 01", "83 01 01 01 05");
        assertEquals("30 01 00 00", extensions(new HeaderExtensions(0, 0, 3, 0, 0, 0, 0)));
    }

    @Test
    void aPacketWithoutAColorSpaceDoesNotInheritThatOfTheOneBefore() {
        load("d0 01", "83 01 01 01 05");
        load("d0 00");
        assertEquals("30 00 00 00", extensions(OUT));
    }

    @Test
    void aColorSpaceOfAnotherLengthIsNotPassedOn() {
        load("d0 01", "85 01 01 01 05 00 00");
        assertEquals("30 01 00 00", extensions(OUT));
    }

    private void load(String... elements) {
        byte[] extensions = bytes(String.join(" ", elements));
        int words = (extensions.length + 3) / 4;
        ByteBuf packet = Unpooled.buffer()
                .writeBytes(bytes("90 60 00 01 00 00 00 02 00 00 00 03"))
                .writeShort(RtpPacket.ONE_BYTE_PROFILE)
                .writeShort(words)
                .writeBytes(extensions)
                .writeZero(4 * words - extensions.length)
                .writeBytes(bytes("aa bb"));
        var read = new RtpPacket();
        assertEquals(RtpPacket.Verdict.OK, read.wrap(packet));
        assertTrue(outgoing.load(read, IN));
    }

    /** Of what goes out. */
    private String extensions(HeaderExtensions ids) {
        ByteBuf composed = outgoing.compose(9, 96, 7, 8, ids, NO_MID, 0);
        int words = composed.getUnsignedShort(composed.readerIndex() + 14);
        byte[] found = ByteBufUtil.getBytes(composed, composed.readerIndex() + 16, 4 * words);
        return HexFormat.ofDelimiter(" ").formatHex(found);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
