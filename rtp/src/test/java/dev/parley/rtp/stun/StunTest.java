package dev.parley.rtp.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.rtp.stun.StunMessage.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunTest {
    /** RFC 5769 section 2.1 */
    private static final String REQUEST = "00010058 2112a442 b7e7a701 bc34d686 fa87dfae"
            + "80220010 5354554e 20746573 7420636c 69656e74"
            + "00240004 6e0001ff 80290008 932ff9b1 51263b36"
            + "00060009 6576746a 3a683676 59202020"
            + "00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf";
    /** RFC 5769 section 2.2 */
    private static final String RESPONSE = "0101003c 2112a442 b7e7a701 bc34d686 fa87dfae"
            + "8022000b 74657374 20766563 746f7220 00200008 0001a147 e112a643"
            + "00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96";

    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private final StunMessage message = new StunMessage();

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    @Test
    void readsTheRequestOfRfc5769() {
        assertEquals(Verdict.OK, message.wrap(hex(REQUEST)));
        assertEquals(StunMessage.BINDING_REQUEST, message.type());
        assertEquals("evtj:h6vY", message.username());
        assertEquals(0x6e0001ffL, message.priority());
        assertTrue(message.has(StunMessage.ICE_CONTROLLED));
        assertFalse(message.useCandidate());
        assertEquals(-1, message.unknownRequired());
        assertTrue(message.verifyIntegrity(new StunKey(PASSWORD)));
        assertFalse(message.verifyIntegrity(new StunKey("another password of it")));
        assertTrue(message.verifyFingerprint());
    }

    @Test
    void readsTheResponseOfRfc5769() {
        assertEquals(Verdict.OK, message.wrap(hex(RESPONSE)));
        assertEquals(StunMessage.BINDING_SUCCESS, message.type());
        assertEquals(new InetSocketAddress("192.0.2.1", 32853), message.xorMappedAddress());
        assertTrue(message.verifyIntegrity(new StunKey(PASSWORD)));
        assertTrue(message.verifyFingerprint());
    }

    @Test
    void readsWhatItWrites() {
        ByteBuf out = Unpooled.buffer().writeZero(3); // a message need not begin at index 0
        out.readerIndex(3);
        var writer = new StunWriter()
                .begin(out, StunMessage.BINDING_REQUEST, 1, 2)
                .username("local:remote")
                .priority(0xFFFFFFFFL)
                .useCandidate()
                .controlling(-1)
                .xorMappedAddress(new InetSocketAddress("2001:db8::1", 65535));
        writer.end(new StunKey(PASSWORD));
        assertEquals(Verdict.OK, message.wrap(out));
        assertEquals(2, message.transactionTail());
        assertEquals("local:remote", message.username());
        assertEquals(0xFFFFFFFFL, message.priority());
        assertTrue(message.useCandidate());
        assertTrue(message.has(StunMessage.ICE_CONTROLLING));
        assertEquals(new InetSocketAddress("2001:db8::1", 65535), message.xorMappedAddress());
        assertTrue(message.verifyIntegrity(new StunKey(PASSWORD)));
        assertTrue(message.verifyFingerprint());
    }

    @Test
    void errorsCarryTheirCode() {
        ByteBuf out = Unpooled.buffer();
        new StunWriter()
                .begin(out, StunMessage.BINDING_ERROR, 1, 2)
                .error(420, "Unknown Attribute")
                .unknownAttribute(0x7777)
                .end(null);
        assertEquals(Verdict.OK, message.wrap(out));
        assertEquals(420, message.errorCode());
        assertFalse(message.hasIntegrity());
    }

    @Test
    void whatFollowsTheIntegrityIsNotSeen() {
        ByteBuf out = Unpooled.buffer();
        new StunWriter()
                .begin(out, StunMessage.BINDING_REQUEST, 1, 2)
                .username("a:b")
                .end(new StunKey(PASSWORD));
        out.writerIndex(out.writerIndex() - 8); // an attacker appends USE-CANDIDATE in place of the fingerprint
        out.writeShort(StunMessage.USE_CANDIDATE).writeShort(0);
        out.setShort(2, out.readableBytes() - 20);
        assertEquals(Verdict.OK, message.wrap(out));
        assertTrue(message.verifyIntegrity(new StunKey(PASSWORD)));
        assertFalse(message.useCandidate());
    }

    @Test
    void everyFlippedBitIsNoticed() {
        var key = new StunKey(PASSWORD);
        for (int i = 0; i < hex(REQUEST).readableBytes() - 8; i++) {
            ByteBuf forged = hex(REQUEST);
            forged.setByte(i, forged.getByte(i) ^ 0x10);
            boolean trusted = message.wrap(forged) == Verdict.OK && message.verifyIntegrity(key);
            assertFalse(trusted, "byte " + i);
        }
    }

    @Test
    void badMessagesAreVerdicts() {
        assertEquals(Verdict.TOO_SHORT, message.wrap(hex("00010000 2112a442")));
        assertEquals(Verdict.BAD_COOKIE, message.wrap(hex("00010000 2112a443" + "00".repeat(12))));
        assertEquals(Verdict.BAD_LENGTH, message.wrap(hex("00010004 2112a442" + "00".repeat(12))));
        assertEquals(Verdict.BAD_LENGTH, message.wrap(hex("00010001 2112a442" + "00".repeat(13))));
        assertEquals(Verdict.ATTRIBUTE_OVERRUN, message.wrap(hex("00010004 2112a442" + "00".repeat(12) + "0006FFFF")));
        message.wrap(hex("00010004 2112a442" + "00".repeat(12) + "77770000"));
        assertEquals(0x7777, message.unknownRequired());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesMakeItReadOutsideTheMessage(long seed) {
        var random = new SplittableRandom(seed);
        var key = new StunKey(PASSWORD);
        for (int i = 0; i < 50_000; i++) {
            ByteBuf mutated = hex(REQUEST);
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                mutated.setByte(random.nextInt(mutated.readableBytes()), random.nextInt(256));
            }
            int cut = random.nextInt(4) == 0 ? 4 * random.nextInt(20) : 0;
            mutated.writerIndex(mutated.writerIndex() - cut);
            if (mutated.readableBytes() >= 20) {
                mutated.setShort(2, mutated.readableBytes() - 20).setInt(4, StunMessage.COOKIE);
            }
            if (message.wrap(mutated) == Verdict.OK) {
                message.username();
                message.priority();
                message.errorCode();
                message.xorMappedAddress();
                message.unknownRequired();
                message.verifyFingerprint();
                message.verifyIntegrity(key);
            }
        }
    }
}
