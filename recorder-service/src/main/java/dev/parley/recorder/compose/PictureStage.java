package dev.parley.recorder.compose;

import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.layout.Arrangement;
import dev.parley.recorder.domain.layout.Layouts;
import dev.parley.recorder.domain.layout.Person;
import dev.parley.recorder.domain.layout.Window;
import dev.parley.recorder.domain.plan.Plans;
import dev.parley.recorder.domain.plan.Scene;
import dev.parley.recorder.domain.plan.Scenes;
import dev.parley.recorder.domain.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/**
 * The picture: each scene of the film becomes one file of the film's own codec and size, which the last stage only strings together. A run
 * of coded video is decoded where it is shown as long as little of it has to be thrown away for that; a run of which scene after scene is
 * shown becomes a file of constant rate first, in which each scene finds its place. No command grows with how often people come and go.
 */
final class PictureStage {
    /** So much of a run may be decoded in vain before a scene, or as much as the scene is long. */
    private static final int DIRECT_SECONDS = 10;

    private final Ffmpeg ffmpeg;
    private final Path log;
    private final CompositionRequest request;
    private final List<String> warnings;
    private final Map<VideoRun, Path> even = new HashMap<>();

    PictureStage(Ffmpeg ffmpeg, CompositionRequest request, Path log, List<String> warnings) {
        this.ffmpeg = ffmpeg;
        this.request = request;
        this.log = log;
        this.warnings = warnings;
    }

    /**
     * @param people  the runs of each person, who come in this order
     * @param frames  length of the film
     * @param timeline tells the wall clock at each of them
     * @param made    told how many of them are made
     * @return a list for FFmpeg's concat demuxer
     */
    Path film(List<List<VideoRun>> people, long frames, Timeline timeline, LongConsumer made)
            throws ComposeException, IOException {
        int fps = request.param().fps();
        Arrangement how = Arrangements.of(request.param());
        int places = how.custom().isEmpty() ? 2 : how.custom().size();
        boolean keep = (how.mode() == Arrangement.Mode.TWO || !how.custom().isEmpty()) && people.size() <= places;
        var scenes = Scenes.cut(
                people.stream()
                        .map(runs -> runs.stream().map(VideoRun::span).toList())
                        .toList(),
                keep,
                frames,
                fps,
                timeline.cuts(fps));
        var lines = new ArrayList<String>();
        for (Scene scene : scenes) {
            Path file = request.work().resolve("s" + lines.size() + ".mp4");
            long wallUs = timeline.wallUs(scene.from(), fps);
            try {
                scene(scene, people, how, wallUs, file, true);
            } catch (ComposeException e) {
                if (e.eventCode != EventCodes.CONVERSION) throw e;
                scene(scene, people, how, wallUs, file, false); // somebody's stream cannot be decoded: find out whose
            }
            lines.add("file '" + file.getFileName() + "'");
            made.accept(scene.from() + scene.frames());
        }
        return Files.write(request.work().resolve("scenes.txt"), lines);
    }

    /** @param direct whether runs are decoded here when little of them goes before the scene */
    private void scene(Scene scene, List<List<VideoRun>> people, Arrangement how, long wallUs, Path out, boolean direct)
            throws ComposeException, IOException {
        var param = request.param();
        List<Person> seen = scene.shown().stream()
                .map(shown -> people.get(shown.person()).getFirst().who())
                .toList();
        List<Window> windows = Layouts.place(seen, param.width(), param.height(), how);
        if (windows.size() < seen.size()) warn((seen.size() - windows.size()) + " people have no window");
        var builder = new FFmpegBuilder();
        builder.addInput("color=c=black:s=%dx%d:r=%d".formatted(param.width(), param.height(), param.fps()))
                .setFormat("lavfi")
                .done();
        var graph = new SceneGraph(request, wallUs);
        for (Window window : windows) {
            Scene.Shown shown = scene.shown().get(window.person());
            if (shown.run() == Scene.Shown.NOTHING) continue;
            VideoRun coded = people.get(shown.person()).get(shown.run());
            if (direct && shown.skip() <= Math.max(scene.frames(), (long) DIRECT_SECONDS * param.fps())) {
                builder.addInput(coded.file().toString())
                        .setFormat("ivf")
                        .addExtraArgs(
                                "-itsoffset", String.format(Locale.ROOT, "%.6f", coded.offsetUs(param.fps()) / 1e6))
                        .done();
                graph.coded(window.rect(), seen.get(window.person()), shown.skip());
                continue;
            }
            Path run = evenly(coded);
            if (run == null) continue;
            double seconds =
                    Math.max(0, (shown.skip() - 0.5) / param.fps()); // half a frame early finds exactly this one
            builder.addInput(run.toString())
                    .addExtraArgs("-ss", String.format(Locale.ROOT, "%.6f", seconds))
                    .done();
            graph.window(window.rect(), seen.get(window.person()));
        }
        if (request.watermark() != null) {
            String format = request.watermark().toString().endsWith(".png") ? "png_pipe" : "jpeg_pipe";
            builder.addInput(request.watermark().toString()).setFormat(format).done(); // never what FFmpeg guesses
            graph.image();
        }
        var output = builder.addOutput(out.toString());
        output.setComplexFilter(graph.build());
        output.addExtraArgs("-map", "[v]", "-g", Integer.toString(2 * param.fps()), "-bf", "0");
        output.addExtraArgs("-video_track_timescale", Integer.toString(param.fps() * 512));
        output.setVideoCodec("libx264").addExtraArgs("-preset", "veryfast").setConstantRateFactor(23);
        output.setFormat("mp4").setFrames((int) scene.frames()).done();
        ffmpeg.run(builder, log);
    }

    /** The run at the film's rate, not larger than its canvas; null when it cannot be decoded: one bad stream must not cost the film. */
    private Path evenly(VideoRun run) throws ComposeException {
        if (even.containsKey(run)) return even.get(run);
        var param = request.param();
        Path out = request.work().resolve("r" + even.size() + ".mp4");
        long frames = Math.max(
                1,
                Plans.frameAt(run.span().endUs(), param.fps())
                        - Plans.frameAt(run.span().startUs(), param.fps()));
        String fit = "scale='min(iw,%d)':'min(ih,%d)':force_original_aspect_ratio=decrease:force_divisible_by=2"
                .formatted(param.width(), param.height());
        var builder = new FFmpegBuilder().addExtraArgs("-copyts");
        builder.addInput(run.file().toString()).setFormat("ivf").done();
        builder.addOutput(out.toString())
                .setFormat("mp4")
                .disableAudio()
                .setVideoCodec("libx264")
                .addExtraArgs("-preset", "ultrafast", "-g", Integer.toString(param.fps()))
                .setConstantRateFactor(12)
                .setVideoFilter("fps=%d:start_time=0,%s,setsar=1,tpad=stop=-1:stop_mode=clone,format=yuv420p"
                        .formatted(param.fps(), fit))
                .setFrames((int) frames)
                .setVideoFrameRate(param.fps(), 1)
                .addExtraArgs("-video_track_timescale", Integer.toString(param.fps() * 512))
                .done();
        try {
            ffmpeg.run(builder, log);
        } catch (ComposeException e) {
            if (e.eventCode != EventCodes.CONVERSION) throw e;
            warn(run.person() + ": " + frames + " frames cannot be decoded");
            out = null;
        }
        even.put(run, out);
        return out;
    }

    private void warn(String text) {
        if (!warnings.contains(text)) warnings.add(text);
    }
}
