package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The room's feeds by speech, for subscribers who want only some: audio by present loudness, video by who had the floor last. A stream keeps its place
 * until another is louder by more than one step, so that two voices of about the same loudness do not take turns.
 */
final class SpeechOrder {
    private final List<Track> byLoudness = new ArrayList<>();
    private final List<Track> byFloor = new ArrayList<>();

    /** Takes in new feeds and lets go of those that ended; then ranks. @param speaker who has the floor, audio; may be null */
    void look(List<Feed> feeds, Track speaker) {
        byLoudness.removeIf(SpeechOrder::ended);
        byFloor.removeIf(SpeechOrder::ended);
        for (int i = 0; i < feeds.size(); i++) { // no iterators: this runs on every tick
            Feed feed = feeds.get(i);
            Track audio = feed.track(MediaKind.AUDIO);
            Track video = feed.track(MediaKind.VIDEO);
            if (audio != null && !byLoudness.contains(audio)) byLoudness.add(audio);
            if (video != null && !byFloor.contains(video)) byFloor.add(video);
        }
        sortByLoudness();
        if (speaker != null) toFront(speaker.feed().info().participantId());
        for (int i = 0; i < byLoudness.size(); i++) byLoudness.get(i).speechRank = i;
        int cameras = 0;
        for (int i = 0; i < byFloor.size(); i++) byFloor.get(i).speechRank = isCamera(byFloor.get(i)) ? cameras++ : 0;
    }

    /**
     * The camera of who spoke last, among those that come.
     *
     * @param notOf a participant whose own does not count
     */
    Track camera(String notOf, String codec) {
        for (int i = 0; i < byFloor.size(); i++) {
            Track one = byFloor.get(i);
            boolean comes = one.source() != null && !one.muted() && !ended(one);
            if (comes
                    && isCamera(one)
                    && one.format().codec().equalsIgnoreCase(codec)
                    && !one.feed().info().participantId().equals(notOf)) return one;
        }
        return null;
    }

    private static boolean ended(Track track) {
        return track.feed().track(track.kind()) != track;
    }

    /** What is shown on purpose is shown to everybody. */
    static boolean isCamera(Track video) {
        return video.feed().info().source().equals("camera");
    }

    private void sortByLoudness() {
        for (int i = 1; i < byLoudness.size(); i++) {
            Track one = byLoudness.get(i);
            int at = i;
            for (;
                    at > 0
                            && one.activity.loudness()
                                    > byLoudness.get(at - 1).activity.loudness() + 1;
                    at--) byLoudness.set(at, byLoudness.get(at - 1));
            byLoudness.set(at, one);
        }
    }

    private void toFront(String participantId) {
        int to = 0;
        for (int i = 0; i < byFloor.size(); i++) {
            if (byFloor.get(i).feed().info().participantId().equals(participantId))
                byFloor.add(to++, byFloor.remove(i));
        }
    }
}
