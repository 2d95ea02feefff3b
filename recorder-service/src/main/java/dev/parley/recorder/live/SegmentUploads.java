package dev.parley.recorder.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Takes one recording's closed segments to the object store in order, each until it is there, then removes it here, but for the newest,
 * which tells after a crash where to go on. While the store is away they wait on the disk. One virtual thread.
 */
final class SegmentUploads {
    private static final Logger LOG = Logger.getLogger(SegmentUploads.class);
    private static final long WAIT_FIRST_MS = 250, WAIT_MS_MAX = 5_000;
    private static final Path END = Path.of("");

    /** Keeps a file under a key, and checks that it is there. */
    interface Store {
        void put(String key, Path file, String contentType) throws IOException;
    }

    /** Told once each time that more waits than {@code warnBytes}, on the thread that adds. */
    interface Behind {
        void by(long bytes);
    }

    private final String recordId;
    private final Store store;
    private final JournalSpace space;
    private final long warnBytes;
    private final Behind behind;
    private final LinkedBlockingQueue<Path> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread worker;
    private volatile boolean warned;
    private volatile boolean complete;

    SegmentUploads(String recordId, Store store, JournalSpace space, long warnBytes, Behind behind) {
        this.recordId = recordId;
        this.store = store;
        this.space = space;
        this.warnBytes = warnBytes;
        this.behind = behind;
        this.worker = Thread.ofVirtual().name("upload-" + recordId).start(this::run);
    }

    static String folder(String recordId) {
        return "recordings/" + recordId + "/segments/";
    }

    void add(Path segment) {
        long bytes = waitingBytes.addAndGet(size(segment));
        waiting.add(segment);
        if (bytes <= warnBytes || warned) return;
        warned = true;
        behind.by(bytes);
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
        long bytes = size(segment);
        for (long wait = WAIT_FIRST_MS; ; wait = Math.min(WAIT_MS_MAX, 2 * wait)) {
            try {
                store.put(folder(recordId) + segment.getFileName(), segment, "application/octet-stream");
                retire(segment, bytes);
                if (waitingBytes.addAndGet(-bytes) <= warnBytes / 2) warned = false;
                return;
            } catch (IOException
                    | RuntimeException e) { // whatever the client throws: what is not stored is not given up
                if (Thread.interrupted()) throw new InterruptedException();
                LOG.warnf("%s of %s is not stored yet: %s", segment.getFileName(), recordId, e);
                Thread.sleep(wait);
            }
        }
    }

    private void retire(Path segment, long bytes) throws IOException {
        Path kept = segment.resolveSibling(segment.getFileName() + JournalFolder.STORED);
        Files.move(segment, kept, StandardCopyOption.REPLACE_EXISTING);
        for (Path older : JournalFolder.endingWith(segment.getParent(), JournalFolder.STORED)) {
            if (!older.equals(kept)) Files.delete(older);
        }
        space.give(bytes);
    }

    private static long size(Path segment) {
        try {
            return Files.size(segment);
        } catch (IOException _) {
            return 0; // gone already: nothing waits
        }
    }
}
