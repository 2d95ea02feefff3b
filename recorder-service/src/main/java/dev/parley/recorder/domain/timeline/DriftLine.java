package dev.parley.recorder.domain.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far one clock is behind another, over hours. Fed with how late packets came; what a network adds is on top and comes and goes, what two
 * clocks lose against each other is slow. So the line lies below all points and rises or falls by at most {@link #SLOPE_MAX_PPM}: a congestion
 * of minutes does not bend it, two crystals that differ do. Not thread safe.
 */
final class DriftLine {
    /** Crystals of consumer devices differ by less than 100 ppm from the true frequency. */
    static final long SLOPE_MAX_PPM = 200;
    /** Of each stretch the least late packet counts. */
    static final long STRETCH_US = 10_000_000;

    private static final int STRETCHES_MAX = 100_000;

    /** @param timeUs by the one clock. @param lateUs what to add for the other */
    record Point(long timeUs, long lateUs) {}

    private final List<Point> points;
    private int cursor;

    private DriftLine(List<Point> points) {
        this.points = points;
    }

    /** @param points at least one, in any order */
    static DriftLine below(List<Point> points) {
        var line = new ArrayList<>(points);
        line.sort(Comparator.comparingLong(Point::timeUs));
        for (int i = 1; i < line.size(); i++) lower(line, i, i - 1);
        for (int i = line.size() - 2; i >= 0; i--) lower(line, i, i + 1);
        return new DriftLine(line);
    }

    private static void lower(List<Point> line, int at, int by) {
        Point point = line.get(at);
        Point other = line.get(by);
        long most = other.lateUs + Math.abs(point.timeUs - other.timeUs) * SLOPE_MAX_PPM / 1_000_000;
        if (point.lateUs > most) line.set(at, new Point(point.timeUs, most));
    }

    /** Beyond the first and the last point it is level. Fastest when asked for times that grow. */
    long at(long timeUs) {
        while (cursor > 0 && points.get(cursor).timeUs > timeUs) cursor--;
        while (cursor + 1 < points.size() && points.get(cursor + 1).timeUs <= timeUs) cursor++;
        Point before = points.get(cursor);
        if (timeUs <= before.timeUs || cursor + 1 == points.size()) return before.lateUs;
        Point after = points.get(cursor + 1);
        double share = (double) (timeUs - before.timeUs) / (after.timeUs - before.timeUs);
        return before.lateUs + Math.round(share * (after.lateUs - before.lateUs));
    }

    /** Keeps the least late point of each stretch of time. */
    static final class Stretches {
        private final List<Point> least = new ArrayList<>();
        private long beganUs = Long.MIN_VALUE;

        void add(long timeUs, long lateUs) {
            boolean another = beganUs == Long.MIN_VALUE || Math.abs(timeUs - beganUs) >= STRETCH_US;
            if (another && least.size() < STRETCHES_MAX) {
                beganUs = timeUs;
                least.add(new Point(timeUs, lateUs));
            } else if (lateUs < least.getLast().lateUs) {
                least.set(least.size() - 1, new Point(timeUs, lateUs));
            }
        }

        List<Point> points() {
            return least;
        }
    }
}
