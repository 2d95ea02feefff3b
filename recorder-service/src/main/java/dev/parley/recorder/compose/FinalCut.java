package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.rtp.payload.OpusPacket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/** Last stage: lanes mixed into one sound, scenes strung together, H.264 and AAC into MP4 (index first) or FLV. */
final class FinalCut {
    private final RecordParam param;
    private final long startedAtMs;

    /** @param startedAtMs wall clock of the first frame: the container's creation time */
    FinalCut(RecordParam param, long startedAtMs) {
        this.param = param;
        this.startedAtMs = startedAtMs;
    }

    /** All lanes in one sound, coded as the film has it. @param lanes files of samples, at least one. @param frames length of the film in frames */
    FFmpegBuilder sound(List<Path> lanes, long frames, Path out) {
        var builder = new FFmpegBuilder();
        for (Path lane : lanes) {
            builder.addInput(lane.toString())
                    .setFormat("s16le")
                    .setAudioSampleRate(OpusPacket.CLOCK_RATE)
                    .setAudioChannels(param.channels())
                    .done();
        }
        var output = builder.addOutput(out.toString());
        output.setComplexFilter(mix(lanes.size(), seconds(frames))).addExtraArgs("-map", "[a]");
        output.setAudioCodec("aac").setAudioBitRate(param.audioCodeRate());
        output.setAudioChannels(param.channels()).setAudioSampleRate(param.sampleRate());
        return output.addExtraArgs("-t", seconds(frames)).setFormat("mp4").done();
    }

    /**
     * Nothing is coded again.
     *
     * @param scenes concat list; null = no picture
     * @param sound  as of {@link #sound}; null = none
     * @param frames length of the film in frames
     */
    FFmpegBuilder build(Path scenes, Path sound, long frames, Path out) {
        var builder = new FFmpegBuilder();
        if (scenes != null) {
            builder.addInput(scenes.toString())
                    .setFormat("concat")
                    .addExtraArgs("-safe", "0")
                    .done();
        }
        if (sound != null) builder.addInput(sound.toString()).setFormat("mp4").done();
        var output = builder.addOutput(out.toString());
        if (scenes != null) output.addExtraArgs("-map", "0:v").setVideoCodec("copy");
        if (sound != null)
            output.addExtraArgs("-map", (scenes == null ? 0 : 1) + ":a").setAudioCodec("copy");
        output.addExtraArgs("-t", seconds(frames));
        return container(output).done();
    }

    private String seconds(long frames) {
        return String.format(Locale.ROOT, "%.6f", (double) frames / param.fps());
    }

    /** The same film with its sound or its picture alone; nothing is coded again. */
    FFmpegBuilder part(Path film, boolean sound, Path out) {
        var builder = new FFmpegBuilder();
        builder.addInput(film.toString()).done();
        var output = builder.addOutput(out.toString()).addExtraArgs("-map", sound ? "0:a" : "0:v", "-c", "copy");
        return container(output).done();
    }

    private net.bramp.ffmpeg.builder.FFmpegOutputBuilder container(
            net.bramp.ffmpeg.builder.FFmpegOutputBuilder output) {
        output.addExtraArgs("-metadata", "creation_time=" + Instant.ofEpochMilli(startedAtMs));
        if (param.recordFormat() == 2) return output.setFormat("flv");
        return output.setFormat("mp4").addExtraArgs("-movflags", "+faststart");
    }

    /** Nobody is made quieter because others are there; where the sum is too loud, the limiter bends it instead of clipping. */
    private static String mix(int lanes, String seconds) {
        var graph = new StringBuilder();
        for (int i = 0; i < lanes; i++) graph.append("[%d:a]".formatted(i));
        if (lanes > 1) graph.append("amix=inputs=%d:duration=longest:normalize=0,".formatted(lanes));
        return graph.append("alimiter=limit=0.95:level=disabled,apad=whole_dur=%s[a]".formatted(seconds))
                .toString();
    }
}
