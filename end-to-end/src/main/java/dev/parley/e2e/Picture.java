package dev.parley.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The average colour of a part of one frame of a video file; red, green and blue from 0 to 255. */
record Picture(int red, int green, int blue) {
    /**
     * @param atSeconds position in the file
     * @param x, y, w, h the part, as shares of the frame from 0 to 1
     */
    static Picture at(Path file, double atSeconds, double x, double y, double w, double h)
            throws IOException, InterruptedException {
        byte[] rgb = Tools.ffmpeg(
                "-i",
                file.toString(),
                "-ss",
                String.format(Locale.ROOT, "%.2f", atSeconds),
                "-frames:v",
                "1",
                "-vf",
                part(x, y, w, h),
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-");
        if (rgb.length < 3) {
            throw new IOException("no frame at " + atSeconds + " s of " + file);
        }
        return of(rgb, 0);
    }

    /** The same part of every frame, in order. */
    static List<Picture> all(Path file, double x, double y, double w, double h)
            throws IOException, InterruptedException {
        byte[] rgb = Tools.ffmpeg(
                "-i", file.toString(), "-vf", part(x, y, w, h), "-f", "rawvideo", "-pix_fmt", "rgb24", "-");
        return IntStream.range(0, rgb.length / 3).mapToObj(i -> of(rgb, 3 * i)).toList();
    }

    private static String part(double x, double y, double w, double h) {
        return String.format(Locale.ROOT, "crop=iw*%f:ih*%f:iw*%f:ih*%f,scale=1:1:flags=area", w, h, x, y);
    }

    private static Picture of(byte[] rgb, int at) {
        return new Picture(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF);
    }

    /** Euclidean distance in RGB, 0 to 441. */
    double distance(Picture other) {
        return Math.sqrt(
                Math.pow(red - other.red, 2) + Math.pow(green - other.green, 2) + Math.pow(blue - other.blue, 2));
    }
}
