package dev.parley.recorder.domain.layout;

import dev.parley.recorder.domain.layout.Arrangement.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Where people stand in the picture: a pure function of who they are, of the canvas and of what was asked for. */
public final class Layouts {
    private Layouts() {}

    /**
     * Windows of a template never leave the canvas, and overlap only where a small picture is meant to stand in a large one. A tag that is
     * bound to a window gets it whatever the order of coming; a shared screen comes next; the others fill what is free in their order.
     *
     * @param people in the order of coming
     * @param width  of the canvas, even
     * @param height as width
     * @return from back to front; fewer than people when there are not enough custom windows
     */
    public static List<Window> place(List<Person> people, int width, int height, Arrangement how) {
        TreeMap<Integer, Rect> windows =
                how.custom().isEmpty() ? numbered(template(people.size(), width, height, how)) : how.custom();
        var free = new TreeMap<>(windows);
        var taken = new TreeMap<Integer, Integer>();
        for (int i = 0; i < people.size(); i++) {
            int wanted = how.position(people.get(i).tag());
            if (wanted > 0 && free.remove(wanted) != null) taken.put(wanted, i);
        }
        for (boolean screens : new boolean[] {true, false}) {
            for (int i = 0; i < people.size(); i++) {
                if (free.isEmpty() || people.get(i).screen() != screens || taken.containsValue(i)) continue;
                taken.put(free.pollFirstEntry().getKey(), i);
            }
        }
        var placed = new ArrayList<Window>();
        taken.forEach((index, person) -> placed.add(new Window(person, windows.get(index))));
        return placed;
    }

    private static TreeMap<Integer, Rect> numbered(List<Rect> windows) {
        var numbered = new TreeMap<Integer, Rect>();
        for (Rect window : windows) numbered.put(numbered.size() + 1, window);
        return numbered;
    }

    private static List<Rect> template(int people, int width, int height, Arrangement how) {
        if (how.mode() == Mode.PICTURE_IN_PICTURE && people <= Templates.INSETS_MAX + 1)
            return Templates.pictureInPicture(people, width, height);
        boolean upright = how.mode() == Mode.MANY ? how.portrait() : height > width;
        if (!upright) return Templates.many(people, width, height);
        return Templates.many(people, height, width).stream().map(Rect::turned).toList();
    }
}
