package dev.parley.vod.player;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.vod.domain.MediaKey;
import dev.parley.vod.domain.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** Makes the bot's clip when the store has none: at the start, off the way of readiness, and again when a playback misses it. */
@ApplicationScoped
public class BotClip {
    private static final Logger LOG = Logger.getLogger(BotClip.class);

    private final Ffmpeg ffmpeg;
    private final MediaStore files;
    private final ReentrantLock making = new ReentrantLock();

    BotClip(Ffmpeg ffmpeg, MediaStore files) {
        this.ffmpeg = ffmpeg;
        this.files = files;
    }

    /** At the start: a failure is only logged. */
    void prepare() {
        try {
            ensure();
        } catch (RuntimeException e) {
            LOG.warnf("the bot's clip is not there yet: %s", e.getMessage());
        }
    }

    /** Returns when the clip is in the store; a few seconds when it must be made. Refuses with PLAYBACK_FILE when it cannot be made. */
    void ensure() {
        if (files.find(MediaKey.BOT).isPresent()) return;
        making.lock(); // a second caller waits for the first one's clip
        try {
            if (files.find(MediaKey.BOT).isEmpty()) make();
        } finally {
            making.unlock();
        }
    }

    private void make() {
        try {
            Path folder = Files.createTempDirectory("parley-vod-");
            try {
                Path clip = folder.resolve("bot.mp4");
                ffmpeg.start(BotScene.arguments(clip)).join();
                LOG.infof(
                        "made the bot's clip, %d bytes",
                        files.put(MediaKey.BOT, clip).sizeBytes());
            } finally {
                clean(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new RefusedException(ErrorCode.PLAYBACK_FILE, "The bot's clip could not be made: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(ErrorCode.PLAYBACK_FILE, "The bot's clip could not be made in time.");
        }
    }

    private static void clean(Path folder) throws IOException {
        try (var left = Files.list(folder)) {
            for (Path file : left.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }
}
