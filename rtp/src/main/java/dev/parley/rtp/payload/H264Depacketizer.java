package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * H.264 access units in Annex B form out of RTP payloads (RFC 6184, packetization modes 0 and 1): single NAL units, STAP-A (24) and FU-A
 * (28). An access unit is the packets of one timestamp. The newest SPS and PPS are put before a key picture that comes without them, so
 * that decoding can begin at every key picture.
 */
public final class H264Depacketizer implements VideoDepacketizer {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int IDR = 5, SPS = 7, PPS = 8, DELIMITER = 9, STAP_A = 24, FU_A = 28;

    private final FrameBuffer buffer = new FrameBuffer();
    private final FrameBuffer fragment = new FrameBuffer();
    private boolean inFragment;
    private byte[] sps;
    private byte[] pps;
    private int width;
    private int height;
    private long timestamp;
    private boolean open;
    private boolean damaged;
    private boolean key;
    private boolean hasSps;
    private boolean hasPicture;
    private long damagedFrames;

    /** @param fmtp the format parameters of the SDP, whose {@code sprop-parameter-sets} are used when present; may be "" */
    public H264Depacketizer(String fmtp) {
        for (String part : fmtp.split(";")) {
            String sets = part.strip();
            if (!sets.startsWith("sprop-parameter-sets=")) continue;
            for (String set : sets.substring("sprop-parameter-sets=".length()).split(",")) remember(decode(set));
        }
    }

    @Override
    public void push(ByteBuf payload, long timestamp, boolean marker, boolean lossBefore, Consumer<EncodedFrame> sink) {
        if (open && timestamp != this.timestamp) {
            if (lossBefore) damaged = true;
            close(sink);
        }
        if (!open) {
            open = true;
            this.timestamp = timestamp;
            buffer.clear();
            damaged = false;
            key = hasSps = hasPicture = inFragment = false;
        } else if (lossBefore) {
            damaged = true;
        }
        if (!read(payload)) damaged = true;
        if (marker) close(sink);
    }

    @Override
    public void flush(Consumer<EncodedFrame> sink) {
        if (open) close(sink);
    }

    @Override
    public long damagedFrames() {
        return damagedFrames;
    }

    private boolean read(ByteBuf payload) {
        int at = payload.readerIndex();
        int bytes = payload.readableBytes();
        if (bytes < 2) return false;
        int type = payload.getByte(at) & 0x1F;
        if (inFragment && type != FU_A) return false;
        if (type >= 1 && type <= 23) {
            unit(payload, at, bytes);
            return true;
        }
        return switch (type) {
            case STAP_A -> aggregate(payload, at + 1, at + bytes);
            case FU_A -> fragment(payload, at, bytes);
            default -> false; // STAP-B, MTAP and FU-B belong to interleaved mode, which WebRTC does not use
        };
    }

    private boolean aggregate(ByteBuf payload, int from, int end) {
        int at = from;
        while (at < end) {
            if (end - at < 2) return false;
            int bytes = payload.getUnsignedShort(at);
            at += 2;
            if (bytes == 0 || bytes > end - at) return false;
            unit(payload, at, bytes);
            at += bytes;
        }
        return at > from;
    }

    /** FU indicator: F NRI 28 | FU header: S E R type(5). */
    private boolean fragment(ByteBuf payload, int at, int bytes) {
        if (bytes < 3) return false;
        int header = payload.getUnsignedByte(at + 1);
        boolean start = (header & 0x80) != 0;
        boolean end = (header & 0x40) != 0;
        if (start == inFragment || start && end) return false;
        if (start) {
            fragment.clear();
            fragment.append(payload.getByte(at) & 0xE0 | header & 0x1F);
            inFragment = true;
        }
        fragment.append(payload, at + 2, bytes - 2);
        if (end) {
            inFragment = false;
            if (fragment.overrun()) return false;
            unit(fragment.copy());
        }
        return true;
    }

    private void unit(ByteBuf from, int at, int bytes) {
        byte[] unit = new byte[bytes];
        from.getBytes(at, unit);
        unit(unit);
    }

    private void unit(byte[] unit) {
        int type = unit[0] & 0x1F;
        if (type == DELIMITER) return;
        remember(unit);
        if (type == SPS) hasSps = true;
        if (type == IDR) key = true;
        if (type >= 1 && type <= IDR) hasPicture = true;
        buffer.append(START_CODE);
        buffer.append(unit);
    }

    private void remember(byte[] unit) {
        if (unit.length == 0) return;
        int type = unit[0] & 0x1F;
        if (type == PPS) pps = unit;
        if (type != SPS) return;
        sps = unit;
        H264Sps size = H264Sps.parse(unit);
        if (size != null) {
            width = size.width();
            height = size.height();
        }
    }

    private void close(Consumer<EncodedFrame> sink) {
        open = false;
        if (damaged || inFragment || buffer.overrun()) {
            damagedFrames++;
            return;
        }
        if (!hasPicture) return; // parameter sets sent ahead on their own; they are remembered
        byte[] unit = key && !hasSps && sps != null && pps != null ? withParameterSets() : buffer.copy();
        sink.accept(new EncodedFrame(timestamp, unit, key, width, height));
    }

    private byte[] withParameterSets() {
        byte[] picture = buffer.copy();
        buffer.clear();
        buffer.append(START_CODE);
        buffer.append(sps);
        buffer.append(START_CODE);
        buffer.append(pps);
        buffer.append(picture);
        return buffer.copy();
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}
