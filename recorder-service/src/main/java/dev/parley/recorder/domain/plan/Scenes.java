package dev.parley.recorder.domain.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Cuts a film into scenes: a new one begins exactly when somebody comes or goes, or when another run of somebody is shown. */
public final class Scenes {
    /** A person who is back so soon keeps the place: a change of camera or of resolution must not move everybody. */
    static final long KEPT_MS = 1_500;

    private record Stretch(long from, long to, int run) {}

    private Scenes() {}

    /**
     * @param people each one's runs, any order
     * @param keep   whether everybody who is ever seen has a place all the time
     * @param frames of the whole film, at least 1
     * @param also   frames at which a scene begins although nobody comes or goes: something was left out before
     * @return scenes without gaps whose frames add up to exactly {@code frames}
     */
    public static List<Scene> cut(List<List<Span>> people, boolean keep, long frames, int fps, List<Long> also) {
        var stretches =
                people.stream().map(runs -> stretches(runs, keep, frames, fps)).toList();
        var cuts = new TreeSet<Long>();
        cuts.add(0L);
        for (long frame : also) if (frame < frames) cuts.add(frame);
        for (List<Stretch> own : stretches) {
            for (Stretch stretch : own) {
                cuts.add(stretch.from);
                if (stretch.to < frames) cuts.add(stretch.to);
            }
        }
        var scenes = new ArrayList<Scene>();
        for (long from : cuts) {
            Long next = cuts.higher(from);
            scenes.add(new Scene(from, (next == null ? frames : next) - from, shown(stretches, from)));
        }
        return scenes;
    }

    private static List<Scene.Shown> shown(List<List<Stretch>> people, long frame) {
        var shown = new ArrayList<Scene.Shown>();
        for (int person = 0; person < people.size(); person++) {
            for (Stretch stretch : people.get(person)) {
                if (frame >= stretch.from && frame < stretch.to)
                    shown.add(new Scene.Shown(person, stretch.run, frame - stretch.from));
            }
        }
        return shown;
    }

    /** When the person has a place, without overlaps: runs, and what is between them when it is short. */
    private static List<Stretch> stretches(List<Span> runs, boolean keep, long frames, int fps) {
        var pieces = Plans.window(runs, frames, fps);
        var stretches = new ArrayList<Stretch>();
        long at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean between = i > 0 && i < pieces.size() - 1 && piece.frames() * 1000L <= KEPT_MS * fps;
            if (piece.run() != Piece.BLACK || keep || between)
                stretches.add(new Stretch(at, at + piece.frames(), piece.run()));
            at += piece.frames();
        }
        return stretches;
    }
}
