package dev.parley.recorder.live;

import dev.parley.recorder.Settings;
import dev.parley.recorder.client.MasterClient;
import dev.parley.recorder.client.ServiceToken;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.recorder.domain.journal.JournalKeys;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** What every running recording uses. Reports go to the store one after the other, off the tap's thread. */
@ApplicationScoped
class LiveParts {
    private static final Logger LOG = Logger.getLogger(LiveParts.class);
    private static final int REPORT_TRIES = 30;
    private static final long REPORT_WAIT_MS = 1_000;

    private final Settings settings;
    private final ObjectStore store;
    private final ServiceToken token;
    private final MasterClient master;
    private final RecordingStore recordings;
    private final Event<JournalReady> ready;
    private final JournalKeys keys;
    private final JournalSpace space;
    private final ExecutorService reporter =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("reports").factory());

    LiveParts(
            Settings settings,
            ObjectStore store,
            ServiceToken token,
            @RestClient MasterClient master,
            RecordingStore recordings,
            JournalKeys keys,
            Event<JournalReady> ready) {
        this.settings = settings;
        this.store = store;
        this.token = token;
        this.master = master;
        this.recordings = recordings;
        this.keys = keys;
        this.ready = ready;
        this.space = new JournalSpace(
                settings.journalMax().map(MemorySize::asLongValue).orElse(Long.MAX_VALUE));
    }

    ObjectStore store() {
        return store;
    }

    ServiceToken token() {
        return token;
    }

    MasterClient master() {
        return master;
    }

    JournalKeys keys() {
        return keys;
    }

    JournalSpace space() {
        return space;
    }

    long warnBytes() {
        return settings.journalWarning().asLongValue();
    }

    long segmentMs() {
        return settings.segment().toMillis();
    }

    Path folder(String recordId) {
        return settings.dataDir().resolve("journal").resolve(recordId);
    }

    /** Soon and in order. While the store is away it waits, so later reports wait too. */
    void report(String recordId, RecordingCommand command) {
        reporter.execute(() -> tell(recordId, command));
    }

    private void tell(String recordId, RecordingCommand command) {
        for (int left = REPORT_TRIES; left > 0; left--) {
            try {
                recordings.apply(recordId, command, System.currentTimeMillis());
                if (command instanceof RecordingCommand.JournalClosed) ready.fire(new JournalReady(recordId));
                return;
            } catch (RuntimeException e) {
                LOG.warnf("%s of %s is not kept yet: %s", command, recordId, e.getMessage());
            }
            try {
                Thread.sleep(REPORT_WAIT_MS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
