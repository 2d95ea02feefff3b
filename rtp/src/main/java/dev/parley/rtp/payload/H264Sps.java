package dev.parley.rtp.payload;

/**
 * The picture size out of a sequence parameter set (ITU-T H.264 section 7.3.2.1.1, cropping as in 7.4.2.1.1).
 *
 * @param width  in pixels after cropping, 1 to 16384
 * @param height as width
 */
public record H264Sps(int width, int height) {
    private static final int SIZE_MAX = 16_384;

    /** @param unit the NAL unit with its header byte, emulation prevention still in; null when it is no readable SPS */
    public static H264Sps parse(byte[] unit) {
        if (unit.length < 5 || (unit[0] & 0x1F) != 7) return null;
        try {
            return read(new Bits(unescape(unit)));
        } catch (IndexOutOfBoundsException _) {
            return null; // cut short: an expected answer
        }
    }

    private static H264Sps read(Bits bits) {
        bits.skip(8);
        int profile = bits.read(8);
        bits.skip(16);
        bits.golomb(); // seq_parameter_set_id
        int chroma = 1;
        if (isHigh(profile)) {
            chroma = bits.golomb();
            if (chroma == 3) bits.skip(1);
            bits.golomb();
            bits.golomb();
            bits.skip(1);
            if (bits.read(1) == 1) scalingLists(bits, chroma == 3 ? 12 : 8);
        }
        bits.golomb(); // log2_max_frame_num_minus4
        int order = bits.golomb();
        if (order == 0) {
            bits.golomb();
        } else if (order == 1) {
            bits.skip(1);
            bits.golomb();
            bits.golomb();
            int count = bits.golomb();
            if (count > 255) return null;
            for (int i = 0; i < count; i++) bits.golomb();
        }
        bits.golomb(); // max_num_ref_frames
        bits.skip(1);
        long width = 16L * (bits.golomb() + 1L);
        long units = bits.golomb() + 1L;
        int framesOnly = bits.read(1);
        long height = 16L * units * (2 - framesOnly);
        if (framesOnly == 0) bits.skip(1);
        bits.skip(1);
        if (bits.read(1) == 1) {
            int x = chroma == 1 || chroma == 2 ? 2 : 1;
            int y = (chroma == 1 ? 2 : 1) * (2 - framesOnly);
            width -= (long) x * (bits.golomb() + (long) bits.golomb());
            height -= (long) y * (bits.golomb() + (long) bits.golomb());
        }
        if (width < 1 || height < 1 || width > SIZE_MAX || height > SIZE_MAX) return null;
        return new H264Sps((int) width, (int) height);
    }

    private static boolean isHigh(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void scalingLists(Bits bits, int count) {
        for (int list = 0; list < count; list++) {
            if (bits.read(1) == 0) continue;
            int last = 8;
            int next = 8;
            for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                if (next != 0) next = (last + bits.signedGolomb() + 256) & 0xFF;
                if (next != 0) last = next;
            }
        }
    }

    private static byte[] unescape(byte[] unit) {
        byte[] out = new byte[unit.length];
        int length = 0;
        int zeros = 0;
        for (byte b : unit) {
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out[length++] = b;
        }
        return java.util.Arrays.copyOf(out, length);
    }

    /** Bits from the highest; reading past the end throws IndexOutOfBoundsException. */
    private static final class Bits {
        private final byte[] bytes;
        private int at;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int count) {
            int value = 0;
            for (int i = 0; i < count; i++, at++) value = value << 1 | (bytes[at >>> 3] >>> (7 - (at & 7))) & 1;
            return value;
        }

        void skip(int count) {
            at += count;
        }

        /** ue(v), section 9.1; more than 30 leading zeros are nothing that a real stream has. */
        int golomb() {
            int zeros = 0;
            while (read(1) == 0) if (++zeros > 30) throw new IndexOutOfBoundsException();
            return (1 << zeros) - 1 + read(zeros);
        }

        int signedGolomb() {
            int code = golomb();
            return (code & 1) == 1 ? code / 2 + 1 : -(code / 2);
        }
    }
}
