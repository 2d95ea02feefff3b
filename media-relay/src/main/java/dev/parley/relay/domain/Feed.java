package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;

/** One published stream: at most one audio and one video track. */
final class Feed {
    private FeedInfo info;
    private Track audio;
    private Track video;
    final FeedWatch watch;

    Feed(FeedInfo info, RelayRoom room) {
        this.info = info;
        this.watch = new FeedWatch(room);
    }

    FeedInfo info() {
        return info;
    }

    void info(FeedInfo value) {
        info = value;
    }

    /** Null when the feed has none of this kind. */
    Track track(MediaKind kind) {
        return kind == MediaKind.AUDIO ? audio : video;
    }

    /** Null when it has none. */
    Track audio() {
        return audio;
    }

    void track(MediaKind kind, Track track) {
        if (kind == MediaKind.AUDIO) audio = track;
        else video = track;
    }

    /** Adds how well it comes. */
    void figure(RoomFigures.Builder figures) {
        Track main = audio != null ? audio : video;
        if (main != null) figures.feed(watch.weak(), main.meter.mos());
    }

    boolean isEmpty() {
        return audio == null && video == null;
    }
}
