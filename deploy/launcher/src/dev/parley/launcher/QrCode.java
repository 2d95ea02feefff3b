package dev.parley.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A QR code of version 3 (29 x 29 modules), error correction L, byte mode, mask 0 (ISO/IEC 18004:2015): one block of 55 data and 15 correction
 * bytes, room for 53 bytes of text, which is enough for an address. Written here because the launcher has the JDK and nothing else.
 *
 * @param dark by row and column, without the quiet zone
 */
record QrCode(boolean[][] dark) {
    static final int TEXT_BYTES_MAX = 53;
    private static final int SIZE = 29;
    private static final int DATA_BYTES = 55;
    private static final int CORRECTION_BYTES = 15;
    private static final int QUIET = 4;
    /** Level L (01), mask 0 (000), with its BCH code, masked: ISO/IEC 18004 annex C. */
    private static final int FORMAT = 0b111011111000100;

    /** @throws IllegalArgumentException when the text is longer than {@link #TEXT_BYTES_MAX} bytes of UTF-8 */
    static QrCode of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > TEXT_BYTES_MAX) throw new IllegalArgumentException(bytes.length + " bytes are too long for this code");
        var dark = new boolean[SIZE][SIZE];
        var taken = new boolean[SIZE][SIZE];
        patterns(dark, taken);
        byte[] data = data(bytes);
        byte[] all = Arrays.copyOf(data, DATA_BYTES + CORRECTION_BYTES);
        System.arraycopy(correction(data), 0, all, DATA_BYTES, CORRECTION_BYTES);
        place(all, dark, taken);
        return new QrCode(dark);
    }

    /** Section 7.4: mode, length, text, end, then padding. */
    private static byte[] data(byte[] text) {
        var data = new byte[DATA_BYTES];
        int at = 0;
        at = put(data, at, 0b0100, 4);
        at = put(data, at, text.length, 8);
        for (byte one : text) at = put(data, at, one & 0xFF, 8);
        at += 4; // the end mark, and with the mode's four bits a whole byte
        for (int i = at / 8, pad = 0xEC; i < DATA_BYTES; i++, pad ^= 0xEC ^ 0x11) data[i] = (byte) pad;
        return data;
    }

    private static int put(byte[] data, int at, int value, int bits) {
        for (int i = bits - 1; i >= 0; i--, at++) {
            if ((value >>> i & 1) == 1) data[at / 8] |= (byte) (0x80 >>> at % 8);
        }
        return at;
    }

    /** Section 7.5: remainder of the data by the generator polynomial over GF(256), x^8 + x^4 + x^3 + x^2 + 1. */
    private static byte[] correction(byte[] data) {
        int[] generator = {1};
        for (int i = 0, root = 1; i < CORRECTION_BYTES; i++, root = times(root, 2)) {
            int[] next = Arrays.copyOf(generator, generator.length + 1);
            for (int j = 0; j < generator.length; j++) next[j + 1] ^= times(generator[j], root);
            generator = next;
        }
        int[] rest = new int[DATA_BYTES + CORRECTION_BYTES];
        for (int i = 0; i < DATA_BYTES; i++) rest[i] = data[i] & 0xFF;
        for (int i = 0; i < DATA_BYTES; i++) {
            int factor = rest[i];
            for (int j = 0; j < generator.length; j++) rest[i + j] ^= times(generator[j], factor);
        }
        var correction = new byte[CORRECTION_BYTES];
        for (int i = 0; i < CORRECTION_BYTES; i++) correction[i] = (byte) rest[DATA_BYTES + i];
        return correction;
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ (product >>> 7) * 0x11D;
            if ((b >>> bit & 1) == 1) product ^= a;
        }
        return product;
    }

    private static void patterns(boolean[][] dark, boolean[][] taken) {
        for (int i = 0; i < SIZE; i++) {
            set(dark, taken, 6, i, i % 2 == 0);
            set(dark, taken, i, 6, i % 2 == 0);
        }
        finder(dark, taken, 3, 3);
        finder(dark, taken, 3, SIZE - 4);
        finder(dark, taken, SIZE - 4, 3);
        for (int y = -2; y <= 2; y++) {
            for (int x = -2; x <= 2; x++) set(dark, taken, 22 + y, 22 + x, Math.max(Math.abs(x), Math.abs(y)) != 1);
        }
        // Section 7.9: the format twice, bit 14 first along row 8 and column 8, and the module that is always dark.
        for (int i = 0; i < 15; i++) {
            boolean bit = (FORMAT >>> 14 - i & 1) == 1;
            int near = i < 6 ? i : i + 1;
            if (i < 8) set(dark, taken, 8, i == 7 ? 8 : near, bit);
            else set(dark, taken, i == 8 ? 7 : 14 - i, 8, bit);
            if (i < 7) set(dark, taken, SIZE - 1 - i, 8, bit);
            else set(dark, taken, 8, SIZE - 15 + i, bit);
        }
        set(dark, taken, SIZE - 8, 8, true);
    }

    /** With its light border. */
    private static void finder(boolean[][] dark, boolean[][] taken, int row, int column) {
        for (int y = -4; y <= 4; y++) {
            for (int x = -4; x <= 4; x++) {
                int ring = Math.max(Math.abs(x), Math.abs(y));
                set(dark, taken, row + y, column + x, ring != 2 && ring != 4);
            }
        }
    }

    private static void set(boolean[][] dark, boolean[][] taken, int row, int column, boolean isDark) {
        if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) return;
        dark[row][column] = isDark;
        taken[row][column] = true;
    }

    /** Section 7.7.3: two columns at a time from the right, up and down in turn, past the timing column; mask 0 laid over. */
    private static void place(byte[] all, boolean[][] dark, boolean[][] taken) {
        int at = 0;
        boolean up = true;
        for (int right = SIZE - 1; right > 0; right -= 2, up = !up) {
            if (right == 6) right--;
            for (int step = 0; step < SIZE; step++) {
                int row = up ? SIZE - 1 - step : step;
                for (int column = right; column > right - 2; column--) {
                    if (taken[row][column]) continue;
                    boolean bit = at < all.length * 8 && (all[at / 8] >>> 7 - at % 8 & 1) == 1;
                    dark[row][column] = bit ^ (row + column) % 2 == 0;
                    at++;
                }
            }
        }
    }

    /** White blocks on black, whatever the terminal's colours are; two rows of the code per line. */
    String terminal() {
        var text = new StringBuilder();
        for (int row = -QUIET; row < SIZE + QUIET; row += 2) {
            text.append("  \u001b[97;40m");
            for (int column = -QUIET; column < SIZE + QUIET; column++) {
                boolean upper = isDark(row, column);
                boolean lower = isDark(row + 1, column);
                text.append(upper ? lower ? ' ' : '▄' : lower ? '▀' : '█');
            }
            text.append("\u001b[0m\n");
        }
        return text.toString();
    }

    private boolean isDark(int row, int column) {
        return row >= 0 && column >= 0 && row < SIZE && column < SIZE && dark[row][column];
    }
}
