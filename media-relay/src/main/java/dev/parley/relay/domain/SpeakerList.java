package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.contracts.media.SpeakersSignal.Speaker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Who speaks in a room, loudest first; told only when it changes noticeably. */
final class SpeakerList {
    /** Speakers named at once. */
    static final int NAMED_MAX = 8;
    /** A change of level smaller than this is none, 0 to 127. */
    private static final int LEVEL_STEP = 8;

    private final String roomId;
    private final SignalSink listener;
    private List<Speaker> told = List.of();

    SpeakerList(String roomId, SignalSink listener) {
        this.roomId = roomId;
        this.listener = listener;
    }

    void look(Collection<Feed> feeds) {
        List<Speaker> now = null; // most of the time nobody's state changes: then nothing is made
        for (Feed feed : feeds) {
            Track audio = feed.track(MediaKind.AUDIO);
            if (audio == null) continue;
            if (audio.muted()) audio.speech.silence();
            audio.speech.roll();
            int level = audio.speech.level();
            if (level == 0) continue;
            if (now == null) now = new ArrayList<>();
            now.add(new Speaker(feed.info().participantId(), feed.info().feedId(), level));
        }
        if (now == null) {
            if (!told.isEmpty()) tell(List.of());
            return;
        }
        now.sort(Comparator.comparingInt(Speaker::level).reversed().thenComparing(Speaker::feedId));
        if (now.size() > NAMED_MAX) now = now.subList(0, NAMED_MAX);
        if (differs(now)) tell(now);
    }

    private boolean differs(List<Speaker> now) {
        if (now.size() != told.size()) return true;
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).feedId().equals(told.get(i).feedId())) return true;
            if (Math.abs(now.get(i).level() - told.get(i).level()) >= LEVEL_STEP) return true;
        }
        return false;
    }

    private void tell(List<Speaker> now) {
        told = List.copyOf(now);
        listener.onSpeakers(new SpeakersSignal(roomId, told));
    }
}
