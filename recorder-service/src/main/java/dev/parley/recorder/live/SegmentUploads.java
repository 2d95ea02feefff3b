package dev.parley.recorder.live;

import dev.parley.recorder.client.S3ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Takes one recording's closed segments to the object store in order, each until it is there, then removes it here. While the store is away
 * they wait on the disk. One virtual thread.
 */
final class SegmentUploads {
    private static final Logger LOG = Logger.getLogger(SegmentUploads.class);
    private static final long WAIT_FIRST_MS = 250, WAIT_MS_MAX = 10_000;
    private static final Path END = Path.of("");

    private final String recordId;
    private final S3ObjectStore store;
    private final LinkedBlockingQueue<Path> waiting = new LinkedBlockingQueue<>();
    private final Thread worker;
    private volatile boolean complete;

    SegmentUploads(String recordId, S3ObjectStore store) {
        this.recordId = recordId;
        this.store = store;
        this.worker = Thread.ofVirtual().name("upload-" + recordId).start(this::run);
    }

    static String folder(String recordId) {
        return "recordings/" + recordId + "/segments/";
    }

    void add(Path segment) {
        waiting.add(segment);
    }

    /** Waits until all that was added is stored. False when the process is going down: the segments are kept here. */
    boolean finish() throws InterruptedException {
        waiting.add(END);
        worker.join();
        return complete;
    }

    /** What is not stored yet stays on the disk for the next start. */
    void abandon() {
        worker.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Path segment = waiting.take();
                if (segment == END) break;
                upload(segment);
            }
            complete = true;
        } catch (InterruptedException _) {
            // complete stays false
        }
    }

    private void upload(Path segment) throws InterruptedException {
        for (long wait = WAIT_FIRST_MS; ; wait = Math.min(WAIT_MS_MAX, 2 * wait)) {
            try {
                store.put(folder(recordId) + segment.getFileName(), segment, "application/octet-stream");
                Files.delete(segment);
                return;
            } catch (IOException e) {
                if (Thread.interrupted()) throw new InterruptedException();
                LOG.warnf("%s of %s is not stored yet: %s", segment.getFileName(), recordId, e.getMessage());
                Thread.sleep(wait);
            }
        }
    }
}
