package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/**
 * Walks the packets of an RTCP compound (RFC 3550 section 6.1; reduced-size compounds of RFC 5506 are welcome). Nothing is allocated or
 * thrown. Not thread safe: each event loop keeps one.
 *
 * <pre>{@code
 * reader.wrap(compound);
 * while (reader.next(packet)) switch (packet.kind()) { ... }
 * if (reader.verdict() != OK) counters.bad++;
 * }</pre>
 */
public final class RtcpReader {
    /** Of the compound so far. Packets given before the fault was met were good. */
    public enum Verdict {
        OK,
        TOO_SHORT,
        NOT_VERSION_2,
        NOT_RTCP,
        LENGTH_OVERRUN,
        PADDING_OVERRUN
    }

    private ByteBuf buf;
    private int at;
    private int end;
    private Verdict verdict = Verdict.OK;

    /** Begins at the readable bytes of the buffer, whose indexes are not moved. */
    public RtcpReader wrap(ByteBuf compound) {
        buf = compound;
        at = compound.readerIndex();
        end = compound.writerIndex();
        verdict = at == end ? Verdict.TOO_SHORT : Verdict.OK;
        return this;
    }

    /** Points the flyweight at the next packet; false at the end or at the first fault, see {@link #verdict}. */
    public boolean next(RtcpPacket packet) {
        if (verdict != Verdict.OK || at == end) {
            return false;
        }
        if (end - at < 4) {
            return fault(Verdict.TOO_SHORT);
        }
        int first = buf.getUnsignedByte(at);
        if (first >>> 6 != 2) {
            return fault(Verdict.NOT_VERSION_2);
        }
        if (!PacketKind.isRtcpType(buf.getUnsignedByte(at + 1))) {
            return fault(Verdict.NOT_RTCP);
        }
        int bytes = 4 * (buf.getUnsignedShort(at + 2) + 1);
        if (bytes > end - at) {
            return fault(Verdict.LENGTH_OVERRUN);
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = buf.getUnsignedByte(at + bytes - 1);
            if (padding == 0 || padding > bytes - 4) {
                return fault(Verdict.PADDING_OVERRUN);
            }
        }
        packet.set(buf, at, at + bytes, padding);
        at += bytes;
        return true;
    }

    public Verdict verdict() {
        return verdict;
    }

    private boolean fault(Verdict what) {
        verdict = what;
        return false;
    }
}
