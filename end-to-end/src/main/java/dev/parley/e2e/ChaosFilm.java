package dev.parley.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A film of two people side by side, whose tones and pictures never rest for long ({@link Capture}). Measures what is missing of it. */
final class ChaosFilm {
    /** Until both are heard and seen at the beginning, and what a coder swallows at the end. */
    private static final double HEAD_S = 1, TAIL_S = 0.7;
    /** As a share of full scale, the mean over a picture: what differs less from the one before is the same picture. */
    private static final String SAME = "0.0003";

    private static final Pattern START = Pattern.compile("freeze_start=([0-9.]+)");
    private static final Pattern LENGTH = Pattern.compile("freeze_duration=([0-9.]+)");

    private final Path file;
    private final Tone sound;

    ChaosFilm(Path file) throws IOException, InterruptedException {
        this.file = file;
        this.sound = Tone.of(file);
    }

    double seconds() {
        return sound.seconds();
    }

    /** Which of the tones are not in it, or not at its end. */
    List<String> missing(List<Integer> tones) {
        var missing = new ArrayList<String>();
        double end = seconds() - TAIL_S;
        for (int hz : tones) {
            if (!sound.carries(hz)) missing.add(hz + " Hz is not in the film");
            else if (sound.longestSilence(hz, end - 1, end) > 0.9) missing.add(hz + " Hz is not there at the end");
        }
        return missing;
    }

    /** The longest time for which one of the tones is away; their own pauses of 0.2 s count, too. */
    double longestSilenceS(List<Integer> tones) {
        double longest = 0;
        for (int hz : tones) longest = Math.max(longest, sound.longestSilence(hz, HEAD_S, seconds() - TAIL_S));
        return longest;
    }

    /** The longest time for which the left or the right picture stands still, from 0.3 s on. */
    double longestFreezeS() throws IOException, InterruptedException {
        return Math.max(longestFreezeS("0"), longestFreezeS("iw/2"));
    }

    private double longestFreezeS(String x) throws IOException, InterruptedException {
        String filter = "crop=iw/2:ih:" + x + ":0,freezedetect=n=" + SAME + ":d=0.3,metadata=mode=print:file=-";
        String said = new String(
                Tools.ffmpeg("-i", file.toString(), "-an", "-vf", filter, "-f", "null", "-"), StandardCharsets.UTF_8);
        double longest = 0;
        double open = -1;
        for (String line : said.split("\n")) {
            Matcher start = START.matcher(line);
            if (start.find()) open = Double.parseDouble(start.group(1));
            Matcher length = LENGTH.matcher(line);
            if (!length.find()) continue;
            if (open + Double.parseDouble(length.group(1)) > HEAD_S)
                longest = Math.max(longest, Double.parseDouble(length.group(1)));
            open = -1;
        }
        return open < 0 ? longest : Math.max(longest, seconds() - open);
    }
}
