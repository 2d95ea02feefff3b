package dev.parley.recorder.compose;

import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.client.WatermarkClient;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The images for the corners. Fetched when the recording begins and kept beside its journal, so that the film does not depend on what stands
 * at the URL later; what cannot be had is reported and costs the recording nothing.
 */
@ApplicationScoped
public class Watermarks {
    private static final Logger LOG = Logger.getLogger(Watermarks.class);
    private static final int PIXELS_MAX = 4_096 * 4_096;

    private final WatermarkClient client;
    private final ObjectStore store;
    private final RecordingStore recordings;

    Watermarks(WatermarkClient client, ObjectStore store, RecordingStore recordings) {
        this.client = client;
        this.store = store;
        this.recordings = recordings;
    }

    /** Fetches in the background; the business is told when it cannot be. */
    public void keep(Recording recording) {
        if (!wanted(recording.request())) return;
        Thread.ofVirtual().name("watermark-" + recording.recordId()).start(() -> {
            try {
                Path file = Files.createTempFile("parley-watermark", "");
                try {
                    store(recording.request(), file);
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                recordings.apply(
                        recording.recordId(),
                        new RecordingCommand.Warned("waterMarkUrl: " + e.getMessage()),
                        System.currentTimeMillis());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("watermark of %s: %s", recording.recordId(), e);
            }
        });
    }

    /** @return a PNG or JPEG file in the work folder; null when none is wanted or none can be had, which is then a warning */
    Path of(StartRecording request, Path work, Ffmpeg ffmpeg, List<String> warnings) {
        if (!wanted(request)) return null;
        try {
            List<String> kept = store.list(folder(request.recordId()));
            Path file = work.resolve("watermark");
            if (kept.isEmpty()) store(request, file);
            else store.fetch(kept.getFirst(), file);
            String extension = WatermarkClient.extension(Files.readAllBytes(file));
            file = Files.move(file, work.resolve("watermark" + extension));
            var picture = ffmpeg.probe(file).getStreams().getFirst();
            if ((long) picture.width * picture.height > PIXELS_MAX)
                throw new IOException("the image has " + picture.width + " by " + picture.height + " pixels");
            return file;
        } catch (IOException | RuntimeException e) {
            warnings.add("no image watermark: " + e.getMessage());
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void store(StartRecording request, Path file) throws IOException, InterruptedException {
        byte[] image = client.fetch(request.param().waterMarkUrl());
        Files.write(file, image);
        String extension = WatermarkClient.extension(image);
        store.put(
                folder(request.recordId()) + "image" + extension,
                file,
                extension.equals(".png") ? "image/png" : "image/jpeg");
    }

    private static boolean wanted(StartRecording request) {
        String url = request.param().waterMarkUrl();
        return request.param().waterMark() != 0 && url != null && !url.isBlank();
    }

    private static String folder(String recordId) {
        return "recordings/" + recordId + "/watermark/";
    }
}
