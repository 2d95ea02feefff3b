package dev.parley.recorder.live;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.PlacementView;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.TapTrouble;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.rtp.framed.FramedRtpClient;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloRefusedException;
import dev.parley.rtp.framed.TapConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One recording while it runs on this node: tap -> journal -> object store. Begins where the journal ends, on this disk or in the store.
 * One virtual thread taps and writes; {@link #stop}, {@link #leave} and {@link #abandon} may be called from any.
 */
final class LiveRecording {
    private static final Logger LOG = Logger.getLogger(LiveRecording.class);
    private static final Duration TAP_TIMEOUT = Duration.ofSeconds(4);
    /** Tries at the same address before master is asked for another. */
    private static final int TRIES_PER_ADDRESS = 2;
    /** A relay's refusals that are about us and not about the room's streams. */
    private static final Set<Integer> NOT_ADMITTED =
            Set.of(ErrorCode.TOKEN_INVALID.number, ErrorCode.NOT_ALLOWED.number);

    private final Recording recording;
    private final LiveParts parts;
    private final Path folder;
    private final FeedWatch feeds;
    private final SegmentUploads uploads;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean leaving;
    private volatile boolean abandoned;
    private volatile TapConnection open;
    private volatile int turns;
    private volatile int turnsDone;
    private volatile TapTrouble trouble = TapTrouble.UNREACHABLE;
    private MediaAddress address;

    LiveRecording(Recording recording, LiveParts parts) {
        this.recording = recording;
        this.parts = parts;
        this.folder = parts.folder(recording.recordId());
        this.address = recording.request().relay().media();
        this.uploads = new SegmentUploads(
                recording.recordId(), parts.store()::put, parts.space(), parts.warnBytes(), this::reportBacklog);
        this.feeds = new FeedWatch(new Reports(), recording.tap().run() == 1, System::nanoTime);
        this.turns = recording.tap().turns();
        this.turnsDone = turns - turns % 2; // one that was paused when it was taken up is paused here first
        if (!recording.isLive()) stopAsked.countDown(); // only what is left on the disk is to be stored
    }

    /** What is seen of the feeds, told to the rules. */
    private final class Reports implements FeedWatch.Heard {
        @Override
        public void first(FeedWatch.Feed feed, long atMs) {
            tell(new RecordingCommand.StreamHeard(feed.feedId(), feed.uid(), atMs));
        }

        @Override
        public void pictures(int count, boolean atStart) {
            if (recording.request().param().mixPosition() != null) tell(new RecordingCommand.Pictures(count, atStart));
        }

        @Override
        public void size(FeedWatch.Feed feed, int width, int height, boolean atStart) {
            tell(new RecordingCommand.PictureSize(feed.uid(), width, height, atStart));
        }

        @Override
        public void slow(FeedWatch.Feed feed, double perSecond) {
            tell(new RecordingCommand.StreamSlow(feed.feedId(), feed.uid(), perSecond));
        }

        private void tell(RecordingCommand command) {
            parts.report(recording.recordId(), command);
        }
    }

    void start() {
        Thread.ofVirtual().name("record-" + recording.recordId()).start(this::run);
    }

    /** Closes the tap; the journal is then stored and the composition may begin. Safe to repeat. */
    void stop() {
        stopAsked.countDown();
        synchronized (this) {
            notifyAll();
        }
        closeTap();
    }

    /** Pauses or resumes. @param wanted as of {@link Recording.Tap#turns}; older ones than known are ignored */
    void turn(int wanted) {
        synchronized (this) {
            if (wanted <= turns) return;
            turns = wanted;
            notifyAll();
        }
        if (isPaused()) closeTap();
    }

    /** Another node has the recording now: what was taken until here is still stored, because the other may have come too late for it. Safe to repeat. */
    void leave() {
        leaving = true;
        stop();
    }

    boolean isLeaving() {
        return leaving;
    }

    /** This process goes down, or the recording begins anew on this node: leaves the journal as it is. */
    void abandon() {
        abandoned = true;
        uploads.abandon();
        stop();
    }

    /** Waits until nothing of this recording runs here any more. */
    boolean await(Duration atMost) throws InterruptedException {
        return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Why the tap was not open when it was tried last. */
    TapTrouble trouble() {
        return trouble;
    }

    FeedWatch feeds() {
        return feeds;
    }

    private void run() {
        try {
            JournalTail tail = recover();
            if (!isStopping()) record(tail);
            storeTheRest();
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "recording %s", recording.recordId());
            if (!leaving) reportFailure(String.valueOf(e.getMessage()));
            closeAfterFailure();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    private void storeTheRest() throws IOException, InterruptedException {
        if (abandoned || !uploads.finish()) return;
        JournalFolder.remove(folder);
        if (leaving) LOG.infof("recording %s: what was taken here is stored", recording.recordId());
        else parts.report(recording.recordId(), new RecordingCommand.JournalClosed());
    }

    private void reportFailure(String message) {
        int code = message.contains("No space left") ? EventCodes.DISK_FULL : EventCodes.FILE_SAVE;
        parts.report(
                recording.recordId(), new RecordingCommand.JournalFailed(code, message, System.currentTimeMillis()));
    }

    private void reportBacklog(long bytes) {
        String message = "the object store is behind: " + bytes + " bytes wait on the recorder's disk";
        parts.report(recording.recordId(), new RecordingCommand.Warned(message));
    }

    /** What was journaled before the fault is kept and made into a film. */
    private void closeAfterFailure() {
        try {
            JournalFolder.repair(folder).forEach(uploads::add);
            storeTheRest();
        } catch (IOException | InterruptedException e) {
            LOG.errorf(e, "recording %s: journal is left in %s", recording.recordId(), folder);
        }
    }

    /** Closes what a crash left open, hands it to the uploads and finds the place from which the tap goes on. */
    private JournalTail recover() throws IOException, InterruptedException {
        for (Path open : JournalFolder.repair(folder))
            LOG.infof("recording %s: %s closed after a crash", recording.recordId(), open.getFileName());
        Path newest = JournalFolder.newest(folder);
        JournalTail tail = newest == null ? storedTail() : JournalTail.of(Files.readAllBytes(newest), parts.keys());
        for (Path left : JournalFolder.closed(folder)) {
            parts.space().found(Files.size(left));
            uploads.add(left);
        }
        return tail;
    }

    /** A store that is away must not keep the room from being recorded: the tap then goes on at the present. */
    private JournalTail storedTail() throws IOException {
        if (recording.tap().run() == 1 || isStopping()) return JournalTail.EMPTY;
        Path copy = Files.createTempFile("parley-segment", ".seg");
        try {
            List<String> keys = parts.store().list(SegmentUploads.folder(recording.recordId()));
            if (keys.isEmpty()) return JournalTail.EMPTY;
            parts.store().fetch(keys.getLast(), copy);
            return JournalTail.of(Files.readAllBytes(copy), parts.keys());
        } catch (IOException e) {
            LOG.warnf("recording %s: the end of its journal is unknown: %s", recording.recordId(), e.getMessage());
            return JournalTail.EMPTY;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void record(JournalTail tail) throws IOException, InterruptedException {
        var limits = new JournalWriter.Limits(parts.segmentMs(), JournalWriter.Limits.DEFAULT.segmentBytes());
        try (var writer = new JournalWriter(
                folder,
                recording.recordId(),
                recording.tap().run(),
                tail,
                parts.keys().make(recording.recordId()),
                limits,
                parts.space(),
                System::currentTimeMillis,
                uploads::add)) {
            var journal = new TapJournal(writer, feeds);
            String epoch = tail.epoch();
            long next = tail.nextFrame();
            int failures = 0;
            if (recording.tap().run() > 1)
                journal.resuming(); // who had it before may have died between pause and resume
            while (!isStopping()) {
                if (turns > turnsDone) {
                    waitForTheEndOfThePause(journal);
                    epoch = "";
                    next = -1;
                    continue;
                }
                try (TapConnection tap = openTap(epoch, next)) {
                    failures = 0;
                    journal.opened(tap.epoch(), tap.nextIndex());
                    parts.report(recording.recordId(), new RecordingCommand.TapOpened());
                    read(tap, journal);
                } catch (TapLost e) {
                    failures++;
                    if (!isStopping())
                        LOG.infof("recording %s: tap at %s: %s", recording.recordId(), address, e.getMessage());
                }
                writer.flush();
                feeds.closed();
                if (turns > turnsDone) continue;
                epoch = journal.epoch().isEmpty() ? epoch : journal.epoch();
                next = journal.epoch().isEmpty() ? next : journal.nextFrame();
                if (isStopping()) break;
                if (failures >= TRIES_PER_ADDRESS) askMaster();
                pause(failures);
            }
            if (!abandoned && !leaving) journal.stopped();
        }
    }

    private void waitForTheEndOfThePause(TapJournal journal) throws IOException, InterruptedException {
        journal.paused();
        synchronized (this) {
            while (isPaused() && !isStopping()) wait();
            turnsDone = turns;
        }
        feeds.resumed();
        journal.resuming();
    }

    private boolean isPaused() {
        return turns % 2 == 1;
    }

    /** The network's fault, not the disk's: the tap is opened again. */
    private static final class TapLost extends Exception {
        private static final long serialVersionUID = 1L;

        TapLost(IOException cause) {
            super(cause.toString(), cause);
        }
    }

    private TapConnection openTap(String epoch, long next) throws TapLost {
        String token = token();
        try {
            var hello = new Hello.Tap(
                    token,
                    recording.request().roomId(),
                    recording.request().param().tagFilter(),
                    epoch,
                    next);
            TapConnection tap = FramedRtpClient.tap(address, hello, TAP_TIMEOUT);
            open = tap;
            if (isStopping() || turns > turnsDone) closeTap();
            return tap;
        } catch (HelloRefusedException e) {
            trouble = NOT_ADMITTED.contains(e.code) ? TapTrouble.NOT_ADMITTED : TapTrouble.NO_STREAMS;
            throw new TapLost(e);
        } catch (IOException e) {
            trouble = TapTrouble.UNREACHABLE;
            throw new TapLost(e);
        }
    }

    private String token() throws TapLost {
        try {
            return parts.token().get();
        } catch (IOException e) {
            trouble = TapTrouble.NO_TOKEN;
            throw new TapLost(e);
        }
    }

    /** Until the tap ends. A fault of the journal comes out as IOException, one of the tap as TapLost. */
    private void read(TapConnection tap, TapJournal journal) throws IOException, TapLost {
        var guard = new DiskGuard(journal);
        try {
            while (!isStopping() && turns == turnsDone && tap.readNext(guard)) {
                // each frame is journaled by readNext
            }
        } catch (IOException e) {
            if (guard.failed()) throw e;
            throw new TapLost(e);
        }
    }

    private void askMaster() {
        try {
            PlacementView place = parts.master().place(recording.request().roomId());
            MediaAddress found = place.node().media();
            if (found != null && !found.equals(address)) {
                LOG.infof("recording %s: the room is at %s now", recording.recordId(), found);
                address = found;
            }
        } catch (RuntimeException e) {
            LOG.warnf("recording %s: master gives no place: %s", recording.recordId(), e.getMessage());
        }
    }

    private void pause(int failures) throws InterruptedException {
        if (turns == turnsDone) stopAsked.await(TapRetry.pauseMs(failures), TimeUnit.MILLISECONDS);
    }

    private boolean isStopping() {
        return stopAsked.getCount() == 0;
    }

    private void closeTap() {
        TapConnection tap = open;
        if (tap == null) return;
        try {
            tap.close();
        } catch (IOException _) {
            // closing was the aim
        }
    }
}
