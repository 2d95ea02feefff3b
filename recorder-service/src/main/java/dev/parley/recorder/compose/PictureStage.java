package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.layout.Rect;
import dev.parley.recorder.domain.plan.Piece;
import dev.parley.recorder.domain.plan.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/**
 * First stage of the picture: each window becomes one stream of constant size and rate that covers the whole film, so that the last stage
 * meets no change of size, no gap and no late start. A window is made of pieces with an exact number of frames.
 */
final class PictureStage {
    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final RecordParam param;
    private final Path log;
    private final List<String> warnings;
    private final Map<String, Path> blacks = new HashMap<>();

    PictureStage(Ffmpeg ffmpeg, Path folder, RecordParam param, Path log, List<String> warnings) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.param = param;
        this.log = log;
        this.warnings = warnings;
    }

    /** @return a list for FFmpeg's concat demuxer */
    Path window(int number, Rect place, List<VideoRun> runs, long frames) throws ComposeException, IOException {
        List<Piece> pieces = Plans.window(runs.stream().map(VideoRun::span).toList(), frames, param.fps());
        var lines = new ArrayList<String>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Path file = piece.run() == Piece.BLACK
                    ? black(place, piece.frames())
                    : shown(
                            folder.resolve("w" + number + "-" + i + ".mp4"),
                            place,
                            runs.get(piece.run()),
                            piece.frames());
            lines.add("file '" + file.getFileName() + "'");
        }
        return Files.write(folder.resolve("w" + number + ".txt"), lines);
    }

    private Path shown(Path out, Rect place, VideoRun run, int frames) throws ComposeException {
        String fit =
                "scale=%d:%d:force_original_aspect_ratio=decrease:force_divisible_by=2,pad=%d:%d:(ow-iw)/2:(oh-ih)/2"
                        .formatted(place.width(), place.height(), place.width(), place.height());
        String filter = "fps=%d:start_time=0,%s,setsar=1,tpad=stop=-1:stop_mode=clone,format=yuv420p"
                .formatted(param.fps(), fit);
        var builder = new FFmpegBuilder().addExtraArgs("-copyts");
        builder.addInput(run.file().toString()).setFormat("ivf").done();
        try {
            encode(builder, out, filter, frames);
            return out;
        } catch (ComposeException e) {
            if (e.eventCode != EventCodes.CONVERSION) throw e;
            warnings.add(run.person() + ": " + frames
                    + " frames cannot be decoded"); // one bad stream must not cost the film
            return black(place, frames);
        }
    }

    private Path black(Rect place, int frames) throws ComposeException {
        String name = "black-%dx%d-%d.mp4".formatted(place.width(), place.height(), frames);
        Path known = blacks.get(name);
        if (known != null) return known;
        Path out = folder.resolve(name);
        var builder = new FFmpegBuilder();
        builder.addInput("color=c=black:s=%dx%d:r=%d".formatted(place.width(), place.height(), param.fps()))
                .setFormat("lavfi")
                .done();
        encode(builder, out, "setsar=1,format=yuv420p", frames);
        blacks.put(name, out);
        return out;
    }

    private void encode(FFmpegBuilder builder, Path out, String filter, int frames) throws ComposeException {
        builder.addOutput(out.toString())
                .setFormat("mp4")
                .disableAudio()
                .setVideoCodec("libx264")
                .addExtraArgs("-preset", "ultrafast")
                .setConstantRateFactor(12)
                .setVideoFilter(filter)
                .setFrames(frames)
                .setVideoFrameRate(param.fps(), 1)
                .addExtraArgs("-video_track_timescale", Integer.toString(param.fps() * 512))
                .done();
        ffmpeg.run(builder, log);
    }
}
