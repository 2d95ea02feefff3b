package dev.parley.rtp.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Appends one STUN message to a buffer: {@link #begin}, attributes, then {@link #end}. Keeps where the message began, so one writer writes one
 * message at a time; not thread safe.
 */
public final class StunWriter {
    private ByteBuf out;
    private int base;

    /** @param transaction where the 12 bytes of the transaction id are */
    public StunWriter begin(ByteBuf target, int type, ByteBuf transaction, int transactionOffset) {
        head(target, type);
        target.writeBytes(transaction, transactionOffset, 12);
        return this;
    }

    /** With a transaction id of its own: 4 and 8 bytes. */
    public StunWriter begin(ByteBuf target, int type, int transactionHead, long transactionTail) {
        head(target, type);
        target.writeInt(transactionHead);
        target.writeLong(transactionTail);
        return this;
    }

    private void head(ByteBuf target, int type) {
        out = target;
        base = target.writerIndex();
        target.writeShort(type);
        target.writeShort(0);
        target.writeInt(StunMessage.COOKIE);
    }

    public StunWriter username(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return bytes(StunMessage.USERNAME, text);
    }

    public StunWriter priority(long value) {
        out.writeShort(StunMessage.PRIORITY).writeShort(4).writeInt((int) value);
        return this;
    }

    public StunWriter useCandidate() {
        out.writeShort(StunMessage.USE_CANDIDATE).writeShort(0);
        return this;
    }

    public StunWriter controlling(long tieBreaker) {
        out.writeShort(StunMessage.ICE_CONTROLLING).writeShort(8).writeLong(tieBreaker);
        return this;
    }

    public StunWriter controlled(long tieBreaker) {
        out.writeShort(StunMessage.ICE_CONTROLLED).writeShort(8).writeLong(tieBreaker);
        return this;
    }

    public StunWriter xorMappedAddress(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        out.writeShort(StunMessage.XOR_MAPPED_ADDRESS).writeShort(4 + ip.length);
        out.writeByte(0).writeByte(ip.length == 4 ? 1 : 2);
        out.writeShort(address.getPort() ^ StunMessage.COOKIE >>> 16);
        for (int i = 0; i < ip.length; i++) {
            out.writeByte(ip[i] ^ out.getByte(base + 4 + i));
        }
        return this;
    }

    /** @param code 300 to 699 */
    public StunWriter error(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        out.writeShort(StunMessage.ERROR_CODE).writeShort(4 + text.length);
        out.writeShort(0).writeByte(code / 100).writeByte(code % 100);
        out.writeBytes(text).writeZero(-text.length & 3);
        return this;
    }

    /** With an error 420. */
    public StunWriter unknownAttribute(int type) {
        out.writeShort(StunMessage.UNKNOWN_ATTRIBUTES)
                .writeShort(2)
                .writeShort(type)
                .writeShort(0);
        return this;
    }

    private StunWriter bytes(int type, byte[] value) {
        out.writeShort(type).writeShort(value.length).writeBytes(value).writeZero(-value.length & 3);
        return this;
    }

    /** Signs (key null = not) and adds the fingerprint; the message is then whole. */
    public void end(StunKey key) {
        if (key != null) {
            int at = out.writerIndex();
            byte[] mac = key.mac(out, base, at);
            out.writeShort(StunMessage.MESSAGE_INTEGRITY).writeShort(20).writeBytes(mac);
        }
        int at = out.writerIndex();
        out.setShort(base + 2, at - base - StunMessage.HEADER_BYTES + StunMessage.FINGERPRINT_BYTES);
        int crc = StunMessage.crc(out, base, at);
        out.writeShort(StunMessage.FINGERPRINT).writeShort(4).writeInt(crc ^ StunMessage.FINGERPRINT_XOR);
    }
}
