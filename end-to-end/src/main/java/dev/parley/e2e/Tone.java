package dev.parley.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * How strongly a sound file carries one frequency, by the Goertzel algorithm over windows of 100 ms at 16 kHz. The tones come and go, so the measure is the
 * 80th percentile over the windows of the frequency's share of full scale.
 */
final class Tone {
    private static final int RATE = 16_000;
    private static final int WINDOW = RATE / 10;
    private static final double HEARD_DB = -45;
    private final short[] samples;

    private Tone(short[] samples) {
        this.samples = samples;
    }

    /** Decodes the first audio track, mixed to mono. */
    static Tone of(Path file) throws IOException, InterruptedException {
        byte[] raw =
                Tools.ffmpeg("-i", file.toString(), "-map", "0:a:0", "-ac", "1", "-ar", "" + RATE, "-f", "s16le", "-");
        short[] samples = new short[raw.length / 2];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new Tone(samples);
    }

    double seconds() {
        return samples.length / (double) RATE;
    }

    /** Decibels below full scale of the part of the sound at this frequency; about -100 when it is absent. */
    double decibels(double hz) {
        int windows = samples.length / WINDOW;
        if (windows == 0) {
            return -120;
        }
        double[] shares = new double[windows];
        for (int w = 0; w < windows; w++) {
            shares[w] = goertzel(w * WINDOW, hz);
        }
        java.util.Arrays.sort(shares);
        return 20 * Math.log10(Math.max(shares[(int) (windows * 0.8)], 1e-6));
    }

    /** Present: clearly there, and clearly more than what lies beside it. */
    boolean carries(double hz) {
        double here = decibels(hz);
        return here > HEARD_DB && here > decibels(hz * 1.19) + 12 && here > decibels(hz * 0.84) + 12;
    }

    /** The longest time without this frequency between two moments, seconds; its own pauses of 0.2 s count, too. */
    double longestSilence(double hz, double from, double to) {
        int silent = 0;
        int longest = 0;
        int last = Math.min((int) (to * RATE), samples.length) / WINDOW;
        for (int w = (int) (from * RATE) / WINDOW; w < last; w++) {
            silent = 20 * Math.log10(Math.max(goertzel(w * WINDOW, hz), 1e-6)) > HEARD_DB ? 0 : silent + 1;
            longest = Math.max(longest, silent);
        }
        return longest * WINDOW / (double) RATE;
    }

    private double goertzel(int from, double hz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hz / RATE);
        double s1 = 0;
        double s2 = 0;
        for (int i = from; i < from + WINDOW; i++) {
            // Hann window, so that a neighbouring tone does not leak in.
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / WINDOW);
            double s = samples[i] / 32768.0 * hann + coefficient * s1 - s2;
            s2 = s1;
            s1 = s;
        }
        double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
        return Math.sqrt(Math.max(power, 0)) * 4 / WINDOW;
    }
}
