package dev.parley.recorder.domain.plan;

import java.util.List;

/**
 * A stretch of the film in which nothing changes but the pictures themselves.
 *
 * @param from   first frame of the film
 * @param frames how many, at least 1
 * @param shown  who is to be seen, in the order of first coming; may be empty
 */
public record Scene(long from, long frames, List<Shown> shown) {
    /**
     * @param person index of the person
     * @param run    index within the person's runs; {@link #NOTHING} = the place is kept, the picture is black
     * @param skip   frames of the run before the scene
     */
    public record Shown(int person, int run, long skip) {
        public static final int NOTHING = -1;
    }
}
