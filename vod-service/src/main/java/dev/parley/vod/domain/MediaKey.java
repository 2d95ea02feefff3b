package dev.parley.vod.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.util.regex.Pattern;

/**
 * Names of media files in the object store. Only what lies under {@link #PREFIX} can be stored or played: the bucket holds recordings of
 * all tenants too, and a file name comes from a client in the end.
 */
public final class MediaKey {
    public static final String PREFIX = "vod/";
    /** The clip that is played when none is named. */
    public static final String BOT = PREFIX + "bot.mp4";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private MediaKey() {}

    /** Key of a file to store. Throws RefusedException (BAD_REQUEST) unless the name is 1 to 128 of [A-Za-z0-9._-], the first no sign. */
    public static String ofName(String name) {
        if (name == null || !NAME.matcher(name).matches())
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "name: 1 to 128 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit.");
        return PREFIX + name;
    }

    /** Key of a file to play; null and "" mean the bot's clip. Throws RefusedException (PLAYBACK_FILE) for what cannot be one. */
    public static String toPlay(String file) {
        if (file == null || file.isEmpty()) return BOT;
        if (!file.startsWith(PREFIX)
                || !NAME.matcher(file.substring(PREFIX.length())).matches())
            throw new RefusedException(ErrorCode.PLAYBACK_FILE, "file: a key such as " + BOT + ".");
        return file;
    }
}
