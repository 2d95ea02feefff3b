package dev.parley.recorder.domain.timeline;

import java.util.Map;

/**
 * The time line of a recording, wall-clock microseconds.
 *
 * @param startUs when the first packet arrived at the relay; what arrived later and was said before it is cut
 * @param endUs   when it was stopped; without a stop, the last packet's arrival
 * @param tracks  those of which packets came, in the order of their first appearance
 */
public record Timeline(long startUs, long endUs, Map<Source, Track> tracks) {
    public long durationUs() {
        return endUs - startUs;
    }
}
