package dev.parley.recorder.compose;

import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.timeline.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The film's sound, made on a thread of its own, begun at once. Its log and warnings are apart until it is done, so that nothing is mixed up. */
final class SoundTrack implements Closeable {
    private final List<String> warnings = new ArrayList<>();
    private final Path log;
    private final FutureTask<Path> task;
    private final Thread thread;

    SoundTrack(Ffmpeg ffmpeg, CompositionRequest request, FinalCut cut, List<AudioRun> runs, Timeline timeline) {
        this.log = request.work().resolve("sound.log");
        var stage = new SoundStage(ffmpeg, request.work(), request.param(), log, warnings);
        this.task = new FutureTask<>(() -> {
            List<Path> lanes = stage.lanes(runs, timeline.durationUs());
            if (lanes.isEmpty()) return null;
            Path sound = request.work().resolve("sound.mp4");
            ffmpeg.run(cut.sound(lanes, timeline.frames(request.param().fps()), sound), log);
            return sound;
        });
        this.thread = Thread.ofVirtual().name("sound-" + request.recordId()).start(task);
    }

    /** Null when there is no sound. @param all takes what FFmpeg complained of. @param told takes the warnings */
    Path await(Path all, List<String> told) throws ComposeException, IOException {
        try {
            Path sound = task.get();
            told.addAll(warnings);
            return sound;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComposeException(EventCodes.CONVERSION, true, "interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ComposeException failed -> throw failed;
                case IOException failed -> throw failed;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (Files.exists(log))
                Files.write(all, Files.readAllBytes(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Returns when nothing of it runs any more: its files are about to be removed. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
