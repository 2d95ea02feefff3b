package dev.parley.relay.transport.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.srtp.SrtpReceiver.Verdict;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sender against receiver: loss, reordering, replay and the wrap of sequence numbers, for all profiles and both providers of ciphers. */
abstract class SrtpStreamsTest {
    private final CipherProvider provider;

    SrtpStreamsTest(CipherProvider provider) {
        this.provider = provider;
    }

    static Stream<Arguments> seeds() {
        return Stream.of(SrtpProfile.values())
                .flatMap(p -> LongStream.range(0, 8).mapToObj(seed -> Arguments.of(p, seed)));
    }

    private SrtpCipher cipher(SrtpProfile profile) {
        byte[] key = new byte[profile.masterKeyBytes];
        byte[] salt = new byte[profile.masterSaltBytes];
        new Random(7).nextBytes(key);
        new Random(8).nextBytes(salt);
        return profile.cipher(provider, key, salt);
    }

    private static ByteBuf packet(int sequence, long ssrc) {
        ByteBuf out = Unpooled.buffer();
        RtpPacket.writeHeader(out, 96, false, sequence & 0xFFFF, 3000L * sequence, ssrc);
        return out.writeInt(sequence).writeZero(20);
    }

    private static ByteBuf sealed(SrtpSender sender, int sequence, long ssrc) {
        ByteBuf out = Unpooled.buffer();
        assertTrue(sender.rtp(packet(sequence, ssrc), out));
        return out;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossAndReorderingNeverBreakAStreamAndNothingIsTakenTwice(SrtpProfile profile, long seed) {
        var random = new Random(seed);
        var sender = new SrtpSender(cipher(profile));
        var receiver = new SrtpReceiver(cipher(profile));
        int start = random.nextInt(0x8000); // as RFC 3711 section 3.3.1 asks
        List<ByteBuf> onTheWay = new ArrayList<>();
        var taken = new HashSet<Integer>();
        for (int i = 0; i < 140_000; i++) { // two wraps
            ByteBuf packet = sealed(sender, start + i, 42);
            if (random.nextInt(20) != 0) {
                onTheWay.add(packet);
            }
            if (onTheWay.size() >= 20) {
                Collections.shuffle(onTheWay, random);
                for (ByteBuf one : onTheWay) {
                    ByteBuf again = one.copy();
                    assertEquals(Verdict.OK, receiver.rtp(one), "seed " + seed + " packet " + i);
                    int sequence = one.getInt(12);
                    assertTrue(taken.add(sequence), "seed " + seed);
                    if (random.nextInt(50) == 0) {
                        assertEquals(Verdict.REPLAYED, receiver.rtp(again), "seed " + seed + " packet " + i);
                    }
                }
                onTheWay.clear();
            }
        }
        assertEquals(1, receiver.streams());
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void aPacketOlderThanTheWindowIsRefused(SrtpProfile profile) {
        var sender = new SrtpSender(cipher(profile));
        var receiver = new SrtpReceiver(cipher(profile));
        ByteBuf old = sealed(sender, 1, 42);
        for (int i = 2; i < 2 + ReplayWindow.SIZE; i++) {
            assertEquals(Verdict.OK, receiver.rtp(sealed(sender, i, 42)));
        }
        assertEquals(Verdict.REPLAYED, receiver.rtp(old));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void sendingTheLastPacketAgainGivesTheSameBytes(SrtpProfile profile) {
        var sender = new SrtpSender(cipher(profile));
        assertEquals(sealed(sender, 5, 42), sealed(sender, 5, 42));
        assertEquals(sealed(sender, 4, 42), sealed(sender, 4, 42));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void rtcpIsTakenOnceAndForgedRtcpNever(SrtpProfile profile) {
        var sender = new SrtpSender(cipher(profile));
        var receiver = new SrtpReceiver(cipher(profile));
        for (int i = 0; i < 300; i++) {
            ByteBuf plain = Unpooled.buffer();
            RtcpWriter.receiverReport(plain, 42, 0);
            RtcpWriter.pli(plain, 42, i);
            ByteBuf out = Unpooled.buffer();
            assertTrue(sender.rtcp(plain, out));
            ByteBuf again = out.copy();
            ByteBuf forged = out.copy();
            forged.setByte(9, ~forged.getByte(9));
            assertEquals(Verdict.BAD_AUTH, receiver.rtcp(forged));
            assertEquals(Verdict.OK, receiver.rtcp(out));
            assertEquals(plain, out);
            assertEquals(Verdict.REPLAYED, receiver.rtcp(again));
        }
    }

    @Test
    void remembersNoMoreStreamsThanTheCap() {
        var profile = SrtpProfile.SRTP_AEAD_AES_128_GCM;
        var sender = new SrtpSender(cipher(profile));
        var receiver = new SrtpReceiver(cipher(profile));
        for (int i = 0; i < SrtpReceiver.STREAMS_MAX; i++) {
            assertEquals(Verdict.OK, receiver.rtp(sealed(sender, 1, i)));
        }
        assertEquals(Verdict.SSRC_LIMIT, receiver.rtp(sealed(sender, 1, 1_000_000)));
        assertEquals(Verdict.OK, receiver.rtp(sealed(sender, 2, 5)), "known streams go on");
        assertEquals(SrtpReceiver.STREAMS_MAX, receiver.streams());
    }

    @Test
    void aForgedPacketLeavesNoStreamBehind() {
        var profile = SrtpProfile.SRTP_AEAD_AES_128_GCM;
        var sender = new SrtpSender(cipher(profile));
        var receiver = new SrtpReceiver(cipher(profile));
        ByteBuf forged = sealed(sender, 1, 42);
        forged.setInt(8, 43);
        assertEquals(Verdict.BAD_AUTH, receiver.rtp(forged));
        assertEquals(0, receiver.streams());
    }

    @Test
    void shortAndStrangePacketsAreVerdicts() {
        var receiver = new SrtpReceiver(cipher(SrtpProfile.SRTP_AEAD_AES_128_GCM));
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
            }
            assertFalse(receiver.rtp(Unpooled.wrappedBuffer(bytes)) == Verdict.OK);
            assertFalse(receiver.rtcp(Unpooled.wrappedBuffer(bytes)) == Verdict.OK);
        }
        assertEquals(
                Verdict.MALFORMED,
                receiver.rtp(Unpooled.buffer(3000).writeByte(0x80).writeZero(2999)));
    }
}
