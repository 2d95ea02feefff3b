package dev.parley.recorder.domain.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Arrangement in time: pure functions of spans. */
public final class Plans {
    private Plans() {}

    /** Index of the output frame that is nearest to a time, never negative. */
    public static long frameAt(long us, int fps) {
        return Math.max(0, Math.floorDiv(us * fps + 500_000, 1_000_000));
    }

    /**
     * Fills one window from the first to the last frame. A run that begins while another is still shown replaces it.
     *
     * @param runs   of this window's person, any order
     * @param frames of the whole output, at least 1
     * @return pieces whose frames add up to exactly {@code frames}
     */
    public static List<Piece> window(List<Span> runs, long frames, int fps) {
        Integer[] order = byStart(runs);
        var pieces = new ArrayList<Piece>();
        long at = 0;
        for (int i = 0; i < order.length; i++) {
            Span run = runs.get(order[i]);
            long start = frameAt(run.startUs(), fps);
            long end = Math.min(frames, Math.max(start + 1, frameAt(run.endUs(), fps)));
            if (i + 1 < order.length)
                end = Math.min(end, frameAt(runs.get(order[i + 1]).startUs(), fps));
            if (end <= start) continue;
            if (start > at) pieces.add(new Piece(Piece.BLACK, (int) (start - at)));
            pieces.add(new Piece(order[i], (int) (end - start)));
            at = end;
        }
        if (at < frames) pieces.add(new Piece(Piece.BLACK, (int) (frames - at)));
        return pieces;
    }

    /**
     * Puts sound runs into as few lanes as there are heard at once; within a lane none overlap.
     *
     * @return for each run the number of its lane, from 0
     */
    public static int[] lanes(List<Span> runs) {
        int[] lane = new int[runs.size()];
        var ends = new ArrayList<Long>();
        for (int run : byStart(runs)) {
            int free = 0;
            while (free < ends.size() && ends.get(free) > runs.get(run).startUs()) free++;
            if (free == ends.size()) ends.add(0L);
            ends.set(free, runs.get(run).endUs());
            lane[run] = free;
        }
        return lane;
    }

    private static Integer[] byStart(List<Span> runs) {
        Integer[] order = IntStream.range(0, runs.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingLong((Integer i) -> runs.get(i).startUs()));
        return order;
    }
}
