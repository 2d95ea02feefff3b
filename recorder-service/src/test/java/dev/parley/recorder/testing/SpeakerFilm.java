package dev.parley.recorder.testing;

import dev.parley.recorder.compose.Clips;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** What a film shows and plays of a {@link Speaker}: each decoded frame read as a time, each stretch of sound searched for the tone. */
public final class SpeakerFilm {
    private static final int FPS = 10, WINDOW_MS = 100;

    private SpeakerFilm() {}

    /**
     * The longest that the picture was not the one that had to follow: standing still beyond its time, black, or time that was left out.
     *
     * @return milliseconds, with a grain of 100
     */
    public static long longestHoleInPictureMs(Path film) throws Exception {
        byte[] grey = Clips.decode(
                film, "-vf", "fps=" + FPS + ",crop=64:64,scale=1:1:flags=area", "-pix_fmt", "gray", "-f", "rawvideo");
        int shown = -1;
        int still = 0;
        long longest = 0;
        for (byte pixel : grey) {
            int step = Math.round(((pixel & 0xFF) - 40) / 10f);
            boolean next = step >= 0 && step < Speaker.STEPS && step != shown;
            if (!next) {
                still++;
            } else {
                int skipped = shown < 0 ? 0 : Math.floorMod(step - shown, Speaker.STEPS) - 1;
                longest = Math.max(longest, (long) skipped * Speaker.STEP_MS);
                shown = step;
                still = 1;
            }
            longest = Math.max(longest, still * 1000L / FPS - Speaker.STEP_MS);
        }
        return shown < 0 ? Long.MAX_VALUE : longest;
    }

    /** The longest time without the tone, between the film's first and last 300 ms. */
    public static long longestSilenceMs(Path film) throws Exception {
        byte[] bytes = Clips.decode(film, "-ac", "1", "-ar", "48000", "-f", "s16le");
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        long longest = 0;
        long silent = 0;
        int window = 48 * WINDOW_MS;
        for (int at = 3 * window; at + 4 * window <= samples.length; at += window) {
            silent = amplitude(samples, at, window, 440) > 0.02 ? 0 : silent + WINDOW_MS;
            longest = Math.max(longest, silent);
        }
        return longest;
    }

    /** Goertzel: amplitude of one frequency, 1 = full scale. */
    public static double amplitude(short[] samples, int from, int count, int hertz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 48_000);
        double s1 = 0;
        double s2 = 0;
        for (int i = from; i < from + count; i++) {
            double s0 = samples[i] / 32_768.0 + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        return 2 * Math.sqrt(s1 * s1 + s2 * s2 - coefficient * s1 * s2) / count;
    }
}
