package dev.parley.relay.domain;

import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.contracts.media.SpeakersSignal.Speaker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Who speaks in a room, loudest first, and who has the floor; told when it changes, and every few seconds for those who have just come. */
final class SpeakerList {
    /** Speakers named at once. */
    static final int NAMED_MAX = 8;
    /** A change of level smaller than this is none, 0 to 127; and levels alone are told only so often. */
    private static final int LEVEL_STEP = 8;

    private static final long LEVELS_NS = 200_000_000L, AGAIN_NS = 5_000_000_000L;

    private final String roomId;
    private final Supplier<SignalSink> listener;
    private List<Speaker> told = List.of();
    private Track toldDominant;
    private long toldNs;

    SpeakerList(String roomId, Supplier<SignalSink> listener) {
        this.roomId = roomId;
        this.listener = listener;
    }

    /** Ends a window of each track's {@link SpeechLevel}. @param dominant who has the floor; null = nobody yet */
    void look(List<Feed> feeds, Track dominant, long nowNs) {
        List<Speaker> now = null; // most of the time nobody's state changes: then nothing is made
        for (int i = 0; i < feeds.size(); i++) {
            Feed feed = feeds.get(i);
            Track audio = feed.audio();
            if (audio == null) continue;
            if (audio.muted()) audio.speech.silence();
            audio.speech.roll();
            int level = audio.speech.level();
            if (level == 0) continue;
            if (now == null) now = new ArrayList<>();
            now.add(new Speaker(feed.info().participantId(), feed.info().feedId(), level));
        }
        if (now == null) now = List.of();
        if (now.size() > 1)
            now.sort(Comparator.comparingInt(Speaker::level).reversed().thenComparing(Speaker::feedId));
        if (now.size() > NAMED_MAX) now = now.subList(0, NAMED_MAX);
        boolean again = nowNs - toldNs >= AGAIN_NS && (dominant != null || !now.isEmpty());
        boolean levels = nowNs - toldNs >= LEVELS_NS && levelsDiffer(now);
        if (dominant != toldDominant || namesDiffer(now) || levels || again) tell(now, dominant, nowNs);
    }

    /** Others speak, in whatever order. */
    private boolean namesDiffer(List<Speaker> now) {
        if (now.size() != told.size()) return true;
        for (Speaker one : now) if (find(told, one) == null) return true;
        return false;
    }

    private boolean levelsDiffer(List<Speaker> now) {
        for (Speaker one : now) {
            Speaker before = find(told, one);
            if (before == null || Math.abs(one.level() - before.level()) >= LEVEL_STEP) return true;
        }
        return false;
    }

    private static Speaker find(List<Speaker> all, Speaker one) {
        for (Speaker other : all) if (other.feedId().equals(one.feedId())) return other;
        return null;
    }

    private void tell(List<Speaker> now, Track dominant, long nowNs) {
        told = List.copyOf(now);
        toldDominant = dominant;
        toldNs = nowNs;
        var feed = dominant == null ? null : dominant.feed().info();
        listener.get()
                .onSpeakers(new SpeakersSignal(
                        roomId, told, feed == null ? "" : feed.participantId(), feed == null ? "" : feed.feedId()));
    }
}
