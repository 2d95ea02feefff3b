package dev.parley.rtp.stun;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A password of the short-term credentials (RFC 8489 section 9.1), ready to sign. One thread at a time. */
public final class StunKey {
    private final Mac mac;

    /** @param password ICE password, not empty */
    public StunKey(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HmacSHA1", e);
        }
    }

    /** HMAC of a message up to its MESSAGE-INTEGRITY, the length in its head counting that attribute as the last one. */
    byte[] mac(ByteBuf buf, int from, int integrityAt) {
        byte[] bytes = new byte[integrityAt - from];
        buf.getBytes(from, bytes);
        int length = bytes.length - StunMessage.HEADER_BYTES + StunMessage.INTEGRITY_BYTES;
        bytes[2] = (byte) (length >>> 8);
        bytes[3] = (byte) length;
        return mac.doFinal(bytes);
    }
}
