package dev.parley.recorder.domain.timeline;

import dev.parley.recorder.domain.plan.Plans;
import dev.parley.recorder.domain.plan.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The time line of a recording, wall-clock microseconds. The film is this without the pauses.
 *
 * @param startUs when the first packet arrived at the relay; what arrived later and was said before it is cut
 * @param endUs   when it was stopped, or paused for the last time; without a stop, the last packet's arrival
 * @param pauses  between start and end, in order, none touching another
 * @param tracks  those of which packets came, in the order of their first appearance
 */
public record Timeline(long startUs, long endUs, List<Span> pauses, Map<Source, Track> tracks) {
    /** Of the film. */
    public long durationUs() {
        return endUs - startUs - pausedUs();
    }

    /** Length of the film in frames, at least one. */
    public long frames(int fps) {
        return Math.max(1, Plans.frameAt(durationUs(), fps));
    }

    /** Frames of the film before which something was left out. */
    public List<Long> cuts(int fps) {
        var cuts = new ArrayList<Long>();
        long paused = 0;
        for (Span pause : pauses) {
            cuts.add(Plans.frameAt(pause.startUs() - startUs - paused, fps));
            paused += pause.endUs() - pause.startUs();
        }
        return cuts;
    }

    /** The wall clock at a frame of the film. */
    public long wallUs(long frame, int fps) {
        long us = startUs + frame * 1_000_000 / fps;
        List<Long> cuts = cuts(fps);
        for (int i = 0; i < cuts.size() && cuts.get(i) <= frame; i++) {
            us += pauses.get(i).endUs() - pauses.get(i).startUs();
        }
        return us;
    }

    private long pausedUs() {
        return pauses.stream()
                .mapToLong(pause -> pause.endUs() - pause.startUs())
                .sum();
    }
}
