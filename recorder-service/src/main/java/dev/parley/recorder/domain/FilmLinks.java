package dev.parley.recorder.domain;

/** Addresses at a recorder from which anybody may fetch one file for some time: what an object store's signed addresses are, for a folder. */
public interface FilmLinks {
    /** @param key of the file in the store */
    String url(String key);

    /** Whether {@link #url} made this and its time is not over. @param untilMs milliseconds since the epoch */
    boolean isGood(String key, long untilMs, String signature);
}
