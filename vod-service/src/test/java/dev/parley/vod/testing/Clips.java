package dev.parley.vod.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small media files made by the ffmpeg program. */
public final class Clips {
    private Clips() {}

    /** A moving picture of 320x240 at 25 and a tone. */
    public static byte[] film(int seconds) throws IOException, InterruptedException {
        return make(
                "film.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=320x240:r=25:d=" + seconds,
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=f=440:d=" + seconds,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-g",
                        "250",
                        "-pix_fmt",
                        "yuv444p",
                        "-c:a",
                        "aac"));
    }

    public static byte[] sound(int seconds) throws IOException, InterruptedException {
        return make("sound.mp3", List.of("-f", "lavfi", "-i", "sine=f=440:d=" + seconds, "-c:a", "libmp3lame"));
    }

    /** 1920x1080 at 50: larger and faster than what may be sent. */
    public static byte[] silentFilm(int seconds) throws IOException, InterruptedException {
        return make(
                "silent.mkv",
                List.of("-f", "lavfi", "-i", "testsrc=s=1920x1080:r=50:d=" + seconds, "-c:v", "mpeg4", "-q:v", "6"));
    }

    private static byte[] make(String name, List<String> options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vod-clip-");
        Path file = folder.resolve(name);
        var command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
        command.addAll(options);
        command.add(file.toString());
        Process ffmpeg = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(ffmpeg.getInputStream().readAllBytes());
        if (ffmpeg.waitFor() != 0) throw new IOException(said);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
    }
}
