package dev.parley.relay.domain;

import java.util.List;

/**
 * Who has the floor, by {@link SpeechActivity}: somebody takes it who is active now (immediate), has been for a tenth of a second (medium) and more than
 * the present speaker within the last second (long). It stays with the last one while nobody speaks. Thresholds as in the paper.
 */
final class DominantSpeaker {
    private static final double IMMEDIATE_MORE = 3, MEDIUM_MORE = 2, LONG_MORE = 0;

    private Track present;

    /** True when the floor has changed hands. @param feeds all of the room, their activity rolled */
    boolean look(List<Feed> feeds) {
        boolean gone =
                present != null && (present.source() == null || present.feed().track(present.kind()) != present);
        Track before = present;
        if (gone) present = null;
        double most = MEDIUM_MORE;
        Track winner = null;
        for (int i = 0; i < feeds.size(); i++) {
            Track one = feeds.get(i).audio();
            if (one == null || one == present || !one.activity.active()) continue;
            if (present == null) {
                if (one.activity.mediumScore() > most) {
                    most = one.activity.mediumScore();
                    winner = one;
                }
                continue;
            }
            SpeechActivity now = present.activity;
            double byMedium = Math.log(one.activity.mediumScore() / now.mediumScore());
            boolean takes = Math.log(one.activity.immediateScore() / now.immediateScore()) > IMMEDIATE_MORE
                    && byMedium > MEDIUM_MORE
                    && Math.log(one.activity.longScore() / now.longScore()) > LONG_MORE;
            if (takes && byMedium > most) {
                most = byMedium;
                winner = one;
            }
        }
        if (winner != null) present = winner;
        return present != before;
    }

    /** Null when nobody has spoken yet, or the last speaker is gone. */
    Track present() {
        return present;
    }
}
