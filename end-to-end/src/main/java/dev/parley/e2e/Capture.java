package dev.parley.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one person's fake camera and microphone give: a coloured picture with a moving clock, and a tone that comes and goes (a steady one would be
 * taken for noise by the browser's noise suppression). The files are made by ffmpeg and repeat without end.
 *
 * @param colour of the background, as ffmpeg names it; its red, green and blue tell people apart in a recording
 * @param toneHz distinct per person and no multiple of another's
 */
record Capture(Path video, Path audio, String colour, int toneHz) {
    static final int SECONDS = 20;

    static Capture make(Path folder, String name, String colour, int toneHz) throws IOException, InterruptedException {
        Path video = folder.resolve(name + ".mjpeg");
        Files.createDirectories(folder);
        // The clock is drawn twice: large for people to see, and a ball that circles so that every frame differs.
        String picture = "color=c=" + colour + ":s=640x360:r=20:d=" + SECONDS
                + ",drawtext=text='" + name + "':fontcolor=white:fontsize=56:x=(w-tw)/2:y=70"
                + ",drawtext=text='%{pts\\:hms}':fontcolor=white:fontsize=44:x=(w-tw)/2:y=230"
                + ",drawtext=text='O':fontcolor=yellow:fontsize=60:x=w/2-30+240*cos(t*2):y=h/2-30+120*sin(t*2)";
        Tools.ffmpeg(
                "-f", "lavfi", "-i", picture, "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", video.toString());
        return new Capture(video, tone(folder, name, toneHz), colour, toneHz);
    }

    /** 1280 x 720 pixels, 15 times a second, that no encoder can make small. */
    static Capture noise(Path folder, String name) throws IOException, InterruptedException {
        Path video = folder.resolve(name + ".mjpeg");
        String picture = "color=c=gray:s=1280x720:r=15:d=4,noise=alls=100:allf=t";
        Tools.ffmpeg(
                "-f", "lavfi", "-i", picture, "-c:v", "mjpeg", "-q:v", "8", "-pix_fmt", "yuvj420p", video.toString());
        return new Capture(video, tone(folder, name, 440), "gray", 440);
    }

    private static Path tone(Path folder, String name, int toneHz) throws IOException, InterruptedException {
        Path audio = folder.resolve(name + ".wav");
        String sound = "aevalsrc='0.5*sin(2*PI*" + toneHz + "*t)*lt(mod(t\\,0.5)\\,0.3)':s=48000:d=" + SECONDS;
        Tools.ffmpeg("-f", "lavfi", "-i", sound, "-ac", "1", "-c:a", "pcm_s16le", audio.toString());
        return audio;
    }
}
