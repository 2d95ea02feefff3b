package dev.parley.relay.transport.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two providers against each other, and what only OpenSSL's promise. */
class CipherProvidersTest {
    private static SrtpCipher cipher(CipherProvider provider, SrtpProfile profile) {
        byte[] key = new byte[profile.masterKeyBytes];
        byte[] salt = new byte[profile.masterSaltBytes];
        new Random(7).nextBytes(key);
        new Random(8).nextBytes(salt);
        return profile.cipher(provider, key, salt);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void bothProvidersGiveTheSameBytesForEveryLengthAndIndex(SrtpProfile profile) {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (SrtpCipher ours = cipher(CipherProvider.OPENSSL, profile);
                SrtpCipher theirs = cipher(CipherProvider.JDK, profile)) {
            for (int payload = 0; payload <= 1_500; payload += payload < 80 ? 1 : 37) {
                ByteBuf plain = plain(payload, payload % 2 == 0);
                int ssrc = random.nextInt();
                long index = random.nextLong(1L << 48);
                ByteBuf a = Unpooled.directBuffer();
                ByteBuf b = Unpooled.buffer();
                String what = profile + ", " + payload + " bytes, seed " + seed;
                ours.protectRtp(plain, 12, ssrc, index, a);
                theirs.protectRtp(plain, 12, ssrc, index, b);
                assertEquals(b, a, what);
                assertTrue(ours.unprotectRtp(b, 12, ssrc, index), what);
                assertTrue(theirs.unprotectRtp(a, 12, ssrc, index), what);
                assertEquals(plain, b, what);
                int rtcpIndex = random.nextInt() & 0x7FFF_FFFF;
                a.clear();
                b.clear();
                ours.protectRtcp(plain, ssrc, rtcpIndex, a);
                theirs.protectRtcp(plain, ssrc, rtcpIndex, b);
                assertEquals(b, a, what);
                assertTrue(ours.unprotectRtcp(a, ssrc), what);
                assertEquals(plain, a, what);
                a.release();
                plain.release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void encryptingAndDecryptingWithOpenSslAllocatesNothing(SrtpProfile profile) {
        var sender = new SrtpSender(cipher(CipherProvider.OPENSSL, profile));
        var receiver = new SrtpReceiver(cipher(CipherProvider.OPENSSL, profile));
        ByteBuf plain = plain(1_100, true);
        ByteBuf out = Unpooled.directBuffer(2_048);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 40_000) { // compiled by now
                before = threads.getCurrentThreadAllocatedBytes();
            }
            plain.setShort(2, i);
            assertTrue(sender.rtp(plain, out.clear()));
            if (receiver.rtp(out) != SrtpReceiver.Verdict.OK) {
                throw new AssertionError("packet " + i);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        plain.release();
        out.release();
        assertTrue(allocated < 20_000, allocated + " bytes for 20,000 packets there and back");
    }

    @Test
    void aClosedCipherRefusesInsteadOfTouchingFreedMemory() {
        SrtpCipher cipher = cipher(CipherProvider.OPENSSL, SrtpProfile.SRTP_AEAD_AES_128_GCM);
        cipher.close();
        cipher.close();
        ByteBuf plain = plain(100, true);
        assertThrows(IllegalStateException.class, () -> cipher.protectRtp(plain, 12, 1, 1, Unpooled.buffer()));
        assertThrows(IllegalStateException.class, () -> cipher.unprotectRtp(plain, 12, 1, 1));
        plain.release();
    }

    @Test
    void opensslIsThereOnTheMachinesThatTestThis() {
        assertEquals("", CipherProvider.OPENSSL.unavailable());
        assertFalse(CipherProvider.best() == CipherProvider.JDK);
    }

    private static ByteBuf plain(int payload, boolean direct) {
        ByteBuf out = direct
                ? UnpooledByteBufAllocator.DEFAULT.directBuffer(2_048)
                : UnpooledByteBufAllocator.DEFAULT.heapBuffer(2_048);
        RtpPacket.writeHeader(out, 96, false, 1, 3_000, 42);
        byte[] bytes = new byte[payload];
        new Random(payload).nextBytes(bytes);
        return out.writeBytes(bytes);
    }
}
