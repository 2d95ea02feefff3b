package dev.parley.recorder.compose;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Media for tests, made by the real FFmpeg: coded pictures of one colour and Opus packets of one tone. */
public final class Clips {
    public record Unit(long timeMs, byte[] data) {}

    private static final Map<String, byte[]> MADE = new HashMap<>();

    private Clips() {}

    public static List<Unit> vp8(String colour, String size, int fps, double seconds) throws Exception {
        return picture("color=c=" + colour + ":s=" + size + ":r=" + fps, fps, seconds, 1_000);
    }

    /** A grey picture, 10 a second, that gets brighter every half second and begins anew after 8 s; a key frame every second. */
    public static List<Unit> greyClock() throws Exception {
        return picture("nullsrc=s=160x96:r=10,geq=lum='40+10*mod(floor(N/5),16)':cb=128:cr=128", 10, 8, 10);
    }

    /** @param source a graph of FFmpeg's lavfi. @param keyEvery frames */
    public static List<Unit> picture(String source, int fps, double seconds, int keyEvery) throws Exception {
        List<String> coded = List.of("-deadline", "realtime", "-g", "" + keyEvery, "-b:v", "300k", "-f", "ivf");
        return ivf(made(source, seconds, "libvpx", coded), fps);
    }

    public static List<Unit> opus(int hertz, double seconds) throws Exception {
        String source = "sine=f=" + hertz + ":r=48000,volume=4";
        List<String> coded = List.of("-b:a", "64k", "-frame_duration", "20", "-page_duration", "20000", "-f", "ogg");
        return ogg(made(source, seconds, "libopus", coded));
    }

    /** The same is made once in a run of the tests. */
    private static synchronized byte[] made(String source, double seconds, String codec, List<String> coded)
            throws Exception {
        String key = source + " " + seconds + " " + codec + " " + coded;
        byte[] known = MADE.get(key);
        if (known != null) return known;
        Path file = Files.createTempFile("parley-clip", null);
        try {
            var args = new ArrayList<>(List.of("-f", "lavfi", "-i", source, "-t", "" + seconds, "-c", codec));
            args.addAll(coded);
            args.add(file.toString());
            ffmpeg(args.toArray(String[]::new));
            byte[] bytes = Files.readAllBytes(file);
            MADE.put(key, bytes);
            return bytes;
        } finally {
            Files.delete(file);
        }
    }

    public static void ffmpeg(String... args) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-y", "-v", "error", "-nostdin"));
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IOException("ffmpeg: " + said);
    }

    /** Decodes to raw bytes on standard output. */
    public static byte[] decode(Path film, String... args) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-i", film.toString()));
        command.addAll(Arrays.asList(args));
        command.add("-");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) throw new IOException("ffmpeg cannot decode " + film);
        return out;
    }

    /** When a film says that it was made, milliseconds since the epoch; MP4 knows whole seconds only. */
    public static long creationMs(Path film) throws Exception {
        Process process = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "format_tags=creation_time",
                        "-of",
                        "csv=p=0",
                        film.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) throw new IOException("ffprobe cannot read " + film);
        return Instant.parse(text).toEpochMilli();
    }

    private static List<Unit> ivf(byte[] file, int fps) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(32);
        var units = new ArrayList<Unit>();
        while (in.hasRemaining()) {
            byte[] data = new byte[in.getInt()];
            in.getLong();
            in.get(data);
            units.add(new Unit(units.size() * 1000L / fps, data));
        }
        return units;
    }

    private static List<Unit> ogg(byte[] file) {
        var units = new ArrayList<Unit>();
        var packet = new java.io.ByteArrayOutputStream();
        int packets = 0;
        for (int at = 0; at < file.length; ) {
            int segments = file[at + 26] & 0xFF;
            int data = at + 27 + segments;
            for (int i = 0; i < segments; i++) {
                int length = file[at + 27 + i] & 0xFF;
                packet.write(file, data, length);
                data += length;
                if (length == 255) continue;
                if (packets++ >= 2) units.add(new Unit(units.size() * 20L, packet.toByteArray()));
                packet.reset();
            }
            at = data;
        }
        return units;
    }
}
