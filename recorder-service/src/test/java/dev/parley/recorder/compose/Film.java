package dev.parley.recorder.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.recorder.testing.SpeakerFilm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.probe.FFmpegStream;
import net.bramp.ffmpeg.shared.CodecType;

/** A film, decoded once by the real FFmpeg: what it shows at a time and a place, and what is heard. */
final class Film {
    static final int RED = 0xFF0000, BLUE = 0x0000FF, GREEN = 0x008000, BLACK = 0;
    private static final int SAMPLE_RATE = 48_000, PATCH = 20;

    private final FFmpegProbeResult probe;
    private final FFmpegStream picture;
    private final byte[] pixels;
    private final short[] samples;

    private Film(FFmpegProbeResult probe, FFmpegStream picture, byte[] pixels, short[] samples) {
        this.probe = probe;
        this.picture = picture;
        this.pixels = pixels;
        this.samples = samples;
    }

    static Film of(CompositionResult result) throws Exception {
        return of(result.files().getFirst().path());
    }

    static Film of(Path file) throws Exception {
        var probe = new Ffmpeg("ffmpeg", "ffprobe", 60).probe(file);
        FFmpegStream picture = stream(probe, CodecType.VIDEO);
        Path pixels = Files.createTempFile("parley-film", ".rgb");
        Path samples = Files.createTempFile("parley-film", ".pcm");
        try {
            var args = new ArrayList<>(List.of("-i", file.toString()));
            if (picture != null) {
                args.addAll(List.of("-map", "0:v", "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo"));
                args.add(pixels.toString());
            }
            if (stream(probe, CodecType.AUDIO) != null) {
                args.addAll(List.of("-map", "0:a", "-ac", "1", "-ar", "" + SAMPLE_RATE, "-f", "s16le"));
                args.add(samples.toString());
            }
            Clips.ffmpeg(args.toArray(String[]::new));
            byte[] sound = Files.readAllBytes(samples);
            short[] heard = new short[sound.length / 2];
            ByteBuffer.wrap(sound)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(heard);
            return new Film(probe, picture, Files.readAllBytes(pixels), heard);
        } finally {
            Files.delete(pixels);
            Files.delete(samples);
        }
    }

    /** What FFprobe says of it. */
    FFmpegProbeResult probe() {
        return probe;
    }

    /** Names of its codecs, the picture's first. */
    List<String> codecs() {
        return probe.getStreams().stream().map(stream -> stream.codec_name).toList();
    }

    int width() {
        return picture.width;
    }

    int frames() {
        return pixels.length / frameBytes();
    }

    /** Mean of a patch of 20 by 20 around a place, within 24 of 255 for each of red, green and blue. */
    void assertColour(int rgb, double second, int x, int y) {
        for (int colour = 0; colour < 3; colour++) {
            long sum = 0;
            for (int row = y - PATCH / 2; row < y + PATCH / 2; row++)
                for (int column = x - PATCH / 2; column < x + PATCH / 2; column++)
                    sum += value(second, column, row, colour);
            long mean = sum / PATCH / PATCH;
            assertEquals(rgb >>> (16 - 8 * colour) & 0xFF, mean, 24, "colour " + colour + " at " + second + " s");
        }
    }

    /** Red of one pixel, 0 to 255. */
    int red(double second, int x, int y) {
        return value(second, x, y, 0);
    }

    /** Mean difference of green, the most of what is seen as brightness, over a part of two pictures. */
    double difference(double second, Film other, double otherSecond, int x, int y, int width, int height) {
        long sum = 0;
        for (int row = y; row < y + height; row++)
            for (int column = x; column < x + width; column++)
                sum += Math.abs(value(second, column, row, 1) - other.value(otherSecond, column, row, 1));
        return (double) sum / width / height;
    }

    /** The most of green in a part of a picture. */
    int brightest(double second, int x, int y, int width, int height) {
        int most = 0;
        for (int row = y; row < y + height; row++)
            for (int column = x; column < x + width; column++) most = Math.max(most, value(second, column, row, 1));
        return most;
    }

    /** Amplitude of a tone between two seconds, 1 = full scale. */
    double tone(double from, double to, int hertz) {
        int first = (int) (from * SAMPLE_RATE);
        return SpeakerFilm.amplitude(samples, first, (int) (to * SAMPLE_RATE) - first, hertz);
    }

    private int value(double second, int x, int y, int colour) {
        int frame = (int) Math.ceil(second * picture.r_frame_rate.doubleValue() - 1e-6);
        return pixels[frame * frameBytes() + 3 * (y * picture.width + x) + colour] & 0xFF;
    }

    private int frameBytes() {
        return 3 * picture.width * picture.height;
    }

    private static FFmpegStream stream(FFmpegProbeResult probe, CodecType type) {
        return probe.getStreams().stream()
                .filter(stream -> stream.codec_type == type)
                .findFirst()
                .orElse(null);
    }
}
