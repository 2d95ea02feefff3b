package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.layout.Rect;
import dev.parley.rtp.payload.OpusPacket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/** Last stage: windows on the canvas, lanes into one sound, H.264 and AAC into MP4 (index first) or FLV. */
final class FinalCut {
    private final RecordParam param;

    FinalCut(RecordParam param) {
        this.param = param;
    }

    /**
     * @param windows concat lists, one per place
     * @param lanes   files of samples
     * @param frames  length of the film in frames
     */
    FFmpegBuilder build(List<Path> windows, List<Rect> places, List<Path> lanes, long frames, Path out) {
        var builder = new FFmpegBuilder();
        for (Path window : windows) {
            builder.addInput(window.toString())
                    .setFormat("concat")
                    .addExtraArgs("-safe", "0")
                    .done();
        }
        for (Path lane : lanes) {
            builder.addInput(lane.toString())
                    .setFormat("s16le")
                    .setAudioSampleRate(OpusPacket.CLOCK_RATE)
                    .setAudioChannels(param.channels())
                    .done();
        }
        String seconds = String.format(Locale.ROOT, "%.6f", (double) frames / param.fps());
        var output = builder.addOutput(out.toString());
        output.setComplexFilter(filter(places, windows.size(), lanes.size(), seconds));
        if (!windows.isEmpty()) {
            output.addExtraArgs("-map", "[v]");
            output.setVideoCodec("libx264").addExtraArgs("-preset", "veryfast").setConstantRateFactor(23);
            output.setVideoPixelFormat("yuv420p").addExtraArgs("-g", Integer.toString(2 * param.fps()));
        }
        if (!lanes.isEmpty()) {
            output.addExtraArgs("-map", "[a]");
            output.setAudioCodec("aac").setAudioBitRate(param.audioCodeRate());
            output.setAudioChannels(param.channels()).setAudioSampleRate(param.sampleRate());
        }
        output.addExtraArgs("-t", seconds);
        if (param.recordFormat() == 2) output.setFormat("flv");
        else output.setFormat("mp4").addExtraArgs("-movflags", "+faststart");
        return output.done();
    }

    /** Nobody is made quieter because others are there; where the sum is too loud, the limiter bends it instead of clipping. */
    private String filter(List<Rect> places, int windows, int lanes, String seconds) {
        var graph = new StringBuilder();
        if (windows > 0) {
            graph.append("color=c=black:s=%dx%d:r=%d:d=%s[c0]"
                    .formatted(param.width(), param.height(), param.fps(), seconds));
            for (int i = 0; i < windows; i++) {
                Rect place = places.get(i);
                graph.append(";[c%d][%d:v]overlay=%d:%d:eof_action=repeat[c%d]"
                        .formatted(i, i, place.x(), place.y(), i + 1));
            }
            graph.append(";[c%d]format=yuv420p[v]".formatted(windows));
        }
        if (lanes > 0) {
            if (windows > 0) graph.append(';');
            for (int i = 0; i < lanes; i++) graph.append("[%d:a]".formatted(windows + i));
            if (lanes > 1) graph.append("amix=inputs=%d:duration=longest:normalize=0,".formatted(lanes));
            graph.append("alimiter=limit=0.95:level=disabled,apad=whole_dur=%s[a]".formatted(seconds));
        }
        return graph.toString();
    }
}
