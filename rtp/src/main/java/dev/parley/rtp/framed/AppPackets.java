package dev.parley.rtp.framed;

import com.fasterxml.jackson.core.JacksonException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The RTCP APP packets (RFC 3550 section 6.7) that the relay puts into a tap: SSRC 0, a four-letter name, and UTF-8 JSON padded with spaces to
 * whole words.
 * <pre>byte 0: V=2(2) P(1) subtype(5) | 1: PT=204 | 2-3: words - 1 | 4-7: SSRC=0 | 8-11: name | 12-: JSON</pre>
 */
public final class AppPackets {
    public static final int TRAK = name("TRAK");
    public static final int TIME = name("TIME");
    public static final int GAPS = name("GAPS");

    private static final int HEADER_BYTES = 12;
    private static final int TYPE_APP = 204;

    private AppPackets() {}

    /** True for the relay's own APP packets; a publisher's APP packets have an SSRC or come inside a compound. */
    public static boolean isApp(ByteBuf packet) {
        int base = packet.readerIndex();
        return packet.readableBytes() >= HEADER_BYTES
                && packet.getUnsignedByte(base) >>> 6 == 2
                && packet.getUnsignedByte(base + 1) == TYPE_APP
                && packet.getInt(base + 4) == 0;
    }

    /** One of {@link #TRAK}, {@link #TIME}, {@link #GAPS}, or another name to be ignored. */
    public static int nameOf(ByteBuf app) {
        return app.getInt(app.readerIndex() + 8);
    }

    public static void write(ByteBuf out, TrackEvent event) {
        try {
            byte[] json = HelloCodec.JSON.writeValueAsBytes(event);
            int start = begin(out, TRAK);
            out.writeBytes(json);
            end(out, start);
        } catch (JacksonException e) {
            throw new IllegalStateException("a TrackEvent is always JSON", e);
        }
    }

    /** Without allocation: a busy tap has one each millisecond. */
    public static void writeTime(ByteBuf out, long us, long wallMs, long index) {
        int start = begin(out, TIME);
        ascii(out, "{\"us\":");
        number(out, us);
        ascii(out, ",\"wallMs\":");
        number(out, wallMs);
        ascii(out, ",\"index\":");
        number(out, index);
        out.writeByte('}');
        end(out, start);
    }

    public static void writeGap(ByteBuf out, long from, long to) {
        int start = begin(out, GAPS);
        ascii(out, "{\"from\":");
        number(out, from);
        ascii(out, ",\"to\":");
        number(out, to);
        out.writeByte('}');
        end(out, start);
    }

    /** Null when the JSON is not what the name promises: the reader skips it. */
    public static TrackEvent readTrack(ByteBuf app) {
        return read(app, TrackEvent.class);
    }

    /** Null when the JSON is not what the name promises. */
    public static ClockMark readTime(ByteBuf app) {
        return read(app, ClockMark.class);
    }

    /** Null when the JSON is not what the name promises. */
    public static FrameGap readGap(ByteBuf app) {
        return read(app, FrameGap.class);
    }

    private static <T> T read(ByteBuf app, Class<T> type) {
        String json = app.toString(
                app.readerIndex() + HEADER_BYTES, app.readableBytes() - HEADER_BYTES, StandardCharsets.UTF_8);
        try {
            return HelloCodec.JSON.readValue(json, type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static int begin(ByteBuf out, int name) {
        int start = out.writerIndex();
        out.writeByte(0x80).writeByte(TYPE_APP).writeShort(0).writeInt(0).writeInt(name);
        return start;
    }

    private static void end(ByteBuf out, int start) {
        while ((out.writerIndex() - start & 3) != 0) out.writeByte(' ');
        out.setShort(start + 2, (out.writerIndex() - start) / 4 - 1);
    }

    private static void ascii(ByteBuf out, String text) {
        for (int i = 0; i < text.length(); i++) out.writeByte(text.charAt(i));
    }

    private static void number(ByteBuf out, long value) {
        if (value < 0) {
            out.writeByte('-');
            value = -value;
        }
        long unit = 1;
        while (value / unit >= 10) unit *= 10;
        for (; unit > 0; unit /= 10) out.writeByte('0' + (int) (value / unit % 10));
    }

    private static int name(String four) {
        return four.charAt(0) << 24 | four.charAt(1) << 16 | four.charAt(2) << 8 | four.charAt(3);
    }
}
