package dev.parley.recorder.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.RecordingCallback.RecordResult;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.recorder.domain.RecordingCommand.ComposeFailed;
import dev.parley.recorder.domain.RecordingCommand.Composed;
import dev.parley.recorder.domain.RecordingCommand.JournalClosed;
import dev.parley.recorder.domain.RecordingCommand.JournalFailed;
import dev.parley.recorder.domain.RecordingCommand.Pause;
import dev.parley.recorder.domain.RecordingCommand.PictureSize;
import dev.parley.recorder.domain.RecordingCommand.Pictures;
import dev.parley.recorder.domain.RecordingCommand.Resume;
import dev.parley.recorder.domain.RecordingCommand.Stop;
import dev.parley.recorder.domain.RecordingCommand.StreamHeard;
import dev.parley.recorder.domain.RecordingCommand.StreamLost;
import dev.parley.recorder.domain.RecordingCommand.StreamSlow;
import dev.parley.recorder.domain.RecordingCommand.TapOpened;
import dev.parley.recorder.domain.RecordingCommand.Tick;
import dev.parley.recorder.domain.RecordingCommand.Warned;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * STARTING -> RECORDING: the tap is open and as many streams are heard as were asked for. STARTING -> FAILED: not so in time.
 * RECORDING <-> PAUSED: asked. STARTING, RECORDING, PAUSED -> COMPOSING: stopped, or the journal failed (what was kept is made into a
 * film). COMPOSING -> DONE, FAILED.
 * DONE and FAILED are final. Every event code of a recording is made here and nowhere else.
 */
public final class RecordingRules {
    /** More feeds than this in one recording are recorded and not reported. */
    private static final int FEEDS_MAX = 1_000;
    /** The longer side of a picture to the shorter one; a screen of 32:9 has 3.6, a strip more. */
    private static final int ASPECT_MAX = 4;

    /** To be reported. @param feedId the stream that it is about, "" = the whole. @param result only with code 99 */
    public record Event(int eventCode, String message, String feedId, RecordResult result) {}

    /** The state after a command and what is to be reported, in order. */
    public record Decision(Recording next, List<Event> events) {}

    private RecordingRules() {}

    public static Decision decide(Recording now, RecordingCommand command) {
        var step = new Step(now);
        switch (command) {
            case TapOpened _ -> step.opened();
            case StreamHeard heard -> step.heard(heard);
            case StreamLost lost -> {
                if (now.isLive() && now.story().feeds().contains(lost.feedId())) {
                    step.say(EventCodes.STREAM_DISCONNECTED, "no media comes from " + lost.uid(), lost.feedId());
                }
            }
            case Warned(var message) -> {
                if (now.isLive()) step.say(EventCodes.WARNING, message);
            }
            case StreamSlow(var feedId, var uid, var perSecond) -> {
                if (now.isLive() && now.story().feeds().contains(feedId)) {
                    String rate = String.format(Locale.ROOT, "%.1f", perSecond);
                    step.say(EventCodes.LOW_FRAME_RATE, uid + " shows " + rate + " pictures a second", feedId);
                }
            }
            case PictureSize size -> step.pictureSize(size);
            case Pictures pictures -> step.pictures(pictures);
            case Tick(var nowMs, var trouble) -> step.tick(nowMs, trouble);
            case Pause _ -> step.turn(RecordingState.RECORDING, RecordingState.PAUSED, EventCodes.PAUSED, "paused");
            case Resume _ -> step.turn(RecordingState.PAUSED, RecordingState.RECORDING, EventCodes.RESUMED, "resumed");
            case Stop(var nowMs) -> step.stop(nowMs);
            case JournalFailed(var code, var message, var nowMs) -> {
                if (now.isLive()) {
                    step.say(code, message);
                    step.stop(nowMs);
                }
            }
            case JournalClosed _ -> step.now = step.now.closed();
            case Composed composed -> step.composed(composed);
            case ComposeFailed failed -> step.composeFailed(failed);
        }
        return new Decision(step.now, step.events);
    }

    private static final class Step {
        private Recording now;
        private final List<Event> events = new ArrayList<>();

        Step(Recording now) {
            this.now = now;
        }

        void say(int code, String message) {
            say(code, message, "");
        }

        void say(int code, String message, String feedId) {
            events.add(new Event(code, message, feedId, null));
            now = now.said(code, message);
        }

        void opened() {
            if (!now.isLive() || now.story().initialised()) return;
            now = now.opened();
            say(EventCodes.INITIALISED, "initialised");
            promote();
        }

        void heard(StreamHeard heard) {
            if (!now.isLive()
                    || now.story().feeds().contains(heard.feedId())
                    || now.story().feeds().size() >= FEEDS_MAX) return;
            var feeds = new TreeSet<>(now.story().feeds());
            feeds.add(heard.feedId());
            now = now.heard(feeds);
            if (now.story().times().startedMs() == 0) now = now.startedAt(heard.atMs());
            say(EventCodes.STREAM, "recording " + heard.uid(), heard.feedId());
            promote();
        }

        private void promote() {
            boolean enough = now.story().feeds().size() >= param().recordTotalStream();
            if (now.state() == RecordingState.STARTING && now.story().initialised() && enough)
                now = now.to(RecordingState.RECORDING);
        }

        void pictureSize(PictureSize size) {
            int longer = Math.max(size.width(), size.height());
            int shorter = Math.min(size.width(), size.height());
            if (!now.isLive() || longer <= ASPECT_MAX * shorter) return;
            String message = size.uid() + " shows pictures of " + size.width() + " by " + size.height();
            if (size.atStart()) fail(EventCodes.ASPECT_RATIO, message);
            else say(EventCodes.WARNING, message);
        }

        void pictures(Pictures pictures) {
            var windows = param().mixPosition();
            if (!now.isLive() || windows == null || windows.isEmpty() || pictures.count() <= windows.size()) return;
            String message = pictures.count() + " pictures, and mixPosition has " + windows.size() + " windows";
            if (pictures.atStart()) fail(EventCodes.TOO_MANY_PICTURES, message);
            else say(EventCodes.WARNING, message);
        }

        void tick(long nowMs, TapTrouble trouble) {
            if (now.state() != RecordingState.STARTING) return;
            if (nowMs - now.story().times().createdMs() < 1000L * param().startTimeout()) return;
            if (now.story().initialised()) {
                fail(
                        EventCodes.TOO_FEW_STREAMS,
                        now.story().feeds().size() + " of " + param().recordTotalStream() + " streams came in time");
            } else {
                fail(trouble.eventCode, trouble.text);
            }
        }

        void turn(RecordingState from, RecordingState to, int code, String message) {
            if (now.state() != from)
                throw new RefusedException(
                        ErrorCode.RECORDING_STATE, "It is " + now.state() + " and would have to be " + from + ".");
            now = now.turned().to(to);
            say(code, message);
        }

        void stop(long nowMs) {
            if (!now.isLive()) return; // safe to repeat
            now = now.stoppedAt(nowMs).to(RecordingState.COMPOSING);
            say(EventCodes.ENDED, "ended");
        }

        void composed(Composed composed) {
            if (now.state() != RecordingState.COMPOSING) return;
            now = now.made(composed.films())
                    .startedAt(composed.startedAtMs())
                    .to(RecordingState.DONE)
                    .said(EventCodes.RESULT, composed.message());
            for (Recording.Film film : composed.films()) {
                var result =
                        new RecordResult(2, film.fileType(), film.location(), composed.startedAtMs(), film.mediaType());
                events.add(new Event(EventCodes.RESULT, composed.message(), "", result));
            }
        }

        void composeFailed(ComposeFailed failed) {
            if (now.state() != RecordingState.COMPOSING) return;
            if (failed.retryAtMs() > 0) now = now.composeAt(failed.retryAtMs());
            else fail(failed.eventCode(), failed.message());
        }

        /** The cause, then the result; the view shows the cause. */
        private void fail(int code, String message) {
            now = now.to(RecordingState.FAILED);
            say(code, message);
            events.add(new Event(EventCodes.RESULT, message, "", new RecordResult(3, null, null, null, null)));
        }

        private RecordParam param() {
            return now.request().param();
        }
    }
}
