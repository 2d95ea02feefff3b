package dev.parley.recorder.compose;

import dev.parley.recorder.Clockwork;
import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.ManifestSigner;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.live.JournalReady;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Works off the table of recordings that wait to be made into films: journal out of the store, film into it, row set. As many at once as
 * the settings say; the rest wait in the table, and any node may take them. A node that dies in the middle loses its claim and another
 * begins again.
 */
@ApplicationScoped
public class Compositions {
    private static final Logger LOG = Logger.getLogger(Compositions.class);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration RENEW = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Settings settings;
    private final RecordingStore recordings;
    private final ObjectStore store;
    private final JournalKeys keys;
    private final ManifestSigner signer;
    private final Watermarks watermarks;
    private final Ffmpeg ffmpeg;
    private final Timer composing;
    private final List<Clockwork> workers = new ArrayList<>();
    private final Clockwork renewals = new Clockwork("compose-claims");
    private final Map<String, Integer> claimed = new ConcurrentHashMap<>();
    private boolean released;
    private volatile boolean goingDown;

    Compositions(
            Settings settings,
            RecordingStore recordings,
            ObjectStore store,
            JournalKeys keys,
            ManifestSigner signer,
            Watermarks watermarks,
            MeterRegistry meters) {
        this.watermarks = watermarks;
        this.keys = keys;
        this.signer = signer;
        this.settings = settings;
        this.recordings = recordings;
        this.store = store;
        this.ffmpeg = new Ffmpeg(
                settings.ffmpeg(), settings.ffprobe(), settings.ffmpegTimeout().toSeconds());
        this.composing = meters.timer("parley.recorder.composition");
    }

    /** First line of FFmpeg's version; IOException when it does not run. */
    public String ffmpegVersion() throws IOException {
        return ffmpeg.version();
    }

    void onStart(@Observes StartupEvent event) {
        for (int i = 0; i < settings.compositions(); i++) {
            var worker = new Clockwork("compose-" + i);
            worker.every(settings.sweep(), this::work);
            workers.add(worker);
        }
        renewals.every(RENEW, this::renew);
    }

    void onReady(@Observes JournalReady ready) {
        if (!goingDown) workers.getFirst().now(this::work);
    }

    void onStop(@Observes @Priority(10) ShutdownEvent event) {
        goingDown = true;
        workers.forEach(Clockwork::stop);
        renewals.stop();
        ffmpeg.stop();
    }

    private void renew() {
        claimed.forEach((id, percent) -> recordings.renewComposition(id, claimUntilMs(), percent));
    }

    private static long claimUntilMs() {
        return System.currentTimeMillis() + CLAIM.toMillis();
    }

    /** What this node had begun before it died is begun anew; its FFmpegs may still be at it. */
    private synchronized void releaseOnce() {
        if (released) return;
        ffmpeg.killLeftovers(workFolder());
        recordings.releaseCompositions(settings.nodeId());
        released = true;
    }

    private Path workFolder() {
        return settings.dataDir().resolve("compose").toAbsolutePath();
    }

    private void work() {
        releaseOnce();
        while (!goingDown) {
            Optional<Recording> next =
                    recordings.takeComposition(settings.nodeId(), System.currentTimeMillis(), claimUntilMs());
            if (next.isEmpty()) return;
            Recording recording = next.get();
            claimed.put(recording.recordId(), 0);
            try {
                composing.record(() -> compose(recording));
            } finally {
                claimed.remove(recording.recordId());
            }
        }
    }

    private void compose(Recording recording) {
        String id = recording.recordId();
        Path work = workFolder().resolve(id);
        RecordingCommand outcome;
        try {
            long begun = System.nanoTime();
            empty(work);
            outcome = film(recording, Files.createDirectories(work));
            LOG.infof("recording %s: composed in %d ms", id, (System.nanoTime() - begun) / 1_000_000);
        } catch (ComposeException e) {
            outcome = failed(recording, e);
        } catch (IOException e) {
            outcome = failed(recording, new ComposeException(EventCodes.FILE_CREATION, true, e.toString(), e));
        } catch (RuntimeException e) {
            outcome = failed(recording, new ComposeException(EventCodes.CONVERSION, true, e.toString(), e));
        }
        if (outcome instanceof RecordingCommand.ComposeFailed f && f.retryAtMs() == 0) keepLog(id, work);
        if (goingDown && outcome instanceof RecordingCommand.ComposeFailed) return; // our own doing; the claim runs out
        recordings.apply(id, outcome, System.currentTimeMillis());
        if (outcome instanceof RecordingCommand.ComposeFailed failed && failed.eventCode() == EventCodes.UPLOAD) return;
        try {
            empty(work);
        } catch (IOException e) {
            LOG.warnf("%s cannot be removed: %s", work, e.getMessage());
        }
    }

    /** For the person who is to find out why: beside the journal, which stays. */
    private void keepLog(String recordId, Path work) {
        Path log = work.resolve("ffmpeg.log");
        if (!Files.exists(log)) return;
        try {
            store.put("recordings/" + recordId + "/ffmpeg.log", log, "text/plain");
        } catch (IOException e) {
            LOG.warnf("the log of %s is not kept: %s", recordId, e.getMessage());
        }
    }

    private RecordingCommand film(Recording recording, Path work) throws ComposeException, IOException {
        var request = recording.request();
        var segments = new ArrayList<Path>();
        for (String key : store.list("recordings/" + request.recordId() + "/segments/")) {
            Path segment = work.resolve(key.substring(key.lastIndexOf('/') + 1));
            store.fetch(key, segment);
            segments.add(segment);
        }
        var warnings = new ArrayList<String>();
        Path watermark = watermarks.of(request, work, ffmpeg, warnings);
        var result = new Composer(ffmpeg, keys)
                .compose(
                        new CompositionRequest(
                                request.recordId(),
                                segments,
                                request.param(),
                                settings.tagWatermark(),
                                watermark,
                                work),
                        percent -> claimed.replace(request.recordId(), percent));
        warnings.addAll(result.warnings());
        return new RecordingCommand.Composed(
                new Delivery(store, signer).deliver(recording, result, work),
                result.startedAtMs(),
                warnings.isEmpty() ? "done" : "done; " + String.join("; ", warnings));
    }

    private RecordingCommand failed(Recording recording, ComposeException e) {
        boolean again = e.retry && recording.job().attempts() < settings.compositionAttempts();
        LOG.warnf(
                e,
                "recording %s: attempt %d failed%s",
                recording.recordId(),
                recording.job().attempts(),
                again ? ", again soon" : "");
        long retryAtMs = again
                ? System.currentTimeMillis()
                        + RETRY.toMillis() * recording.job().attempts()
                : 0;
        return new RecordingCommand.ComposeFailed(e.eventCode, e.getMessage(), retryAtMs);
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
