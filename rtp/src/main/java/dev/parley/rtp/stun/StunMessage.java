package dev.parley.rtp.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One STUN message, read in place (RFC 8489 section 5). Neither copies nor owns the buffer; not thread safe.
 *
 * <pre>byte 0-1: type | 2-3: length of the attributes | 4-7: magic cookie | 8-19: transaction id | attributes: type(16) length(16) value, padded to 4</pre>
 *
 * Attributes after MESSAGE-INTEGRITY are not seen, but for FINGERPRINT: nobody has signed them.
 */
public final class StunMessage {
    /** What is wrong with a message; the caller counts it and drops the message. */
    public enum Verdict {
        OK,
        TOO_SHORT,
        BAD_COOKIE,
        BAD_LENGTH,
        ATTRIBUTE_OVERRUN
    }

    public static final int HEADER_BYTES = 20;
    public static final int COOKIE = 0x2112A442;

    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    public static final int USERNAME = 0x0006;
    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int SOFTWARE = 0x8022;
    public static final int FINGERPRINT = 0x8028;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802A;

    /** Bytes of MESSAGE-INTEGRITY with its head, of FINGERPRINT with its head. */
    static final int INTEGRITY_BYTES = 24, FINGERPRINT_BYTES = 8;

    static final int FINGERPRINT_XOR = 0x5354554E;

    private ByteBuf buf;
    private int base;
    private int end;
    private int integrityAt; // index of the attribute's head, -1 when there is none
    private int fingerprintAt;
    private int foundLength;

    /** Looks at the readable bytes as one whole message, and walks its attributes once. */
    public Verdict wrap(ByteBuf message) {
        buf = message;
        base = message.readerIndex();
        integrityAt = -1;
        fingerprintAt = -1;
        int bytes = message.readableBytes();
        if (bytes < HEADER_BYTES) {
            return Verdict.TOO_SHORT;
        }
        if (message.getInt(base + 4) != COOKIE) {
            return Verdict.BAD_COOKIE;
        }
        int length = message.getUnsignedShort(base + 2);
        if ((length & 3) != 0 || length + HEADER_BYTES != bytes) {
            return Verdict.BAD_LENGTH;
        }
        end = base + bytes;
        return walk();
    }

    private Verdict walk() {
        for (int at = base + HEADER_BYTES; at < end; ) {
            int type = buf.getUnsignedShort(at);
            int length = buf.getUnsignedShort(at + 2);
            int next = at + 4 + (length + 3 & ~3);
            if (next > end) {
                return Verdict.ATTRIBUTE_OVERRUN;
            }
            if (type == MESSAGE_INTEGRITY && length == 20 && integrityAt < 0) {
                integrityAt = at;
            } else if (type == FINGERPRINT && length == 4 && next == end) {
                fingerprintAt = at;
            }
            at = next;
        }
        return Verdict.OK;
    }

    /** Class and method, e.g. {@link #BINDING_REQUEST}. */
    public int type() {
        return buf.getUnsignedShort(base);
    }

    public ByteBuf buffer() {
        return buf;
    }

    /** Index of the 12 bytes of the transaction id. */
    public int transactionOffset() {
        return base + 8;
    }

    /** The last 8 of the 12 bytes of the transaction id: enough to tell own ones apart. */
    public long transactionTail() {
        return buf.getLong(base + 12);
    }

    /** Index of the value of the first attribute of this type; -1 when there is none. Then {@link #attributeLength} is its length. */
    public int attribute(int type) {
        foundLength = 0;
        int stop = integrityAt >= 0 ? integrityAt : end;
        for (int at = base + HEADER_BYTES; at < stop; ) {
            int length = buf.getUnsignedShort(at + 2);
            if (buf.getUnsignedShort(at) == type) {
                foundLength = length;
                return at + 4;
            }
            at += 4 + (length + 3 & ~3);
        }
        return -1;
    }

    /** Bytes of the attribute that was found last, without padding. */
    public int attributeLength() {
        return foundLength;
    }

    public boolean has(int type) {
        return attribute(type) >= 0;
    }

    /** Null when there is none, or one longer than RFC 8489 allows (508 bytes). */
    public String username() {
        int at = attribute(USERNAME);
        return at < 0 || foundLength > 508 ? null : buf.toString(at, foundLength, StandardCharsets.UTF_8);
    }

    /** Of the peer-reflexive candidate that this check would make; -1 when it is not there. */
    public long priority() {
        int at = attribute(PRIORITY);
        return at < 0 || foundLength != 4 ? -1 : buf.getUnsignedInt(at);
    }

    public boolean useCandidate() {
        return has(USE_CANDIDATE);
    }

    /** 300 to 699; 0 when there is none. */
    public int errorCode() {
        int at = attribute(ERROR_CODE);
        return at < 0 || foundLength < 4 ? 0 : (buf.getByte(at + 2) & 7) * 100 + buf.getUnsignedByte(at + 3);
    }

    /** First attribute that must be understood (below 0x8000) and is not; -1 when there is none. */
    public int unknownRequired() {
        int stop = integrityAt >= 0 ? integrityAt : end;
        for (int at = base + HEADER_BYTES; at < stop; ) {
            int type = buf.getUnsignedShort(at);
            if (type < 0x8000 && !isKnown(type)) {
                return type;
            }
            at += 4 + (buf.getUnsignedShort(at + 2) + 3 & ~3);
        }
        return -1;
    }

    private static boolean isKnown(int type) {
        return switch (type) {
            case 0x0001,
                    USERNAME,
                    MESSAGE_INTEGRITY,
                    ERROR_CODE,
                    UNKNOWN_ATTRIBUTES,
                    0x0014,
                    0x0015,
                    0x001C,
                    0x001D,
                    0x001E,
                    XOR_MAPPED_ADDRESS,
                    PRIORITY,
                    USE_CANDIDATE -> true;
            default -> false;
        };
    }

    /** The address that the other side saw (RFC 8489 section 14.2); null when there is none or it is no address. */
    public InetSocketAddress xorMappedAddress() {
        int at = attribute(XOR_MAPPED_ADDRESS);
        if (at < 0 || foundLength != (buf.getByte(at + 1) == 1 ? 8 : 20)) {
            return null;
        }
        int port = buf.getUnsignedShort(at + 2) ^ COOKIE >>> 16;
        byte[] address = new byte[foundLength - 4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) (buf.getByte(at + 4 + i) ^ buf.getByte(base + 4 + i)); // cookie, then transaction id
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 4 or 16 bytes: cannot be
        }
    }

    public boolean hasIntegrity() {
        return integrityAt >= 0;
    }

    /** True when there is a MESSAGE-INTEGRITY that this password made. */
    public boolean verifyIntegrity(StunKey key) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] mac = key.mac(buf, base, integrityAt);
        int difference = 0;
        for (int i = 0; i < mac.length; i++) {
            difference |= mac[i] ^ buf.getByte(integrityAt + 4 + i);
        }
        return difference == 0;
    }

    /** True when there is a FINGERPRINT and it is right (RFC 8489 section 14.7). */
    public boolean verifyFingerprint() {
        return fingerprintAt >= 0 && buf.getInt(fingerprintAt + 4) == (crc(buf, base, fingerprintAt) ^ FINGERPRINT_XOR);
    }

    /** A wrong FINGERPRINT shows a message that only looks like STUN; ICE does without a missing one here. */
    public boolean wrongFingerprint() {
        return fingerprintAt >= 0 && !verifyFingerprint();
    }

    static int crc(ByteBuf buf, int from, int to) {
        var crc = new CRC32();
        byte[] bytes = new byte[to - from];
        buf.getBytes(from, bytes);
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
