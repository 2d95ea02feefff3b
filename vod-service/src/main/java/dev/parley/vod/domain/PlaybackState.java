package dev.parley.vod.domain;

/**
 * Starting -> Playing: the first packet is in the room. Starting, Playing -> Over: the file's end, or asked to stop. Starting, Playing ->
 * Failed: everything else. Over and Failed are final.
 */
public sealed interface PlaybackState {
    /** @param deadlineMs when the first packet must be in the room, milliseconds of the clock that {@link PlaybackCommand.Tick} carries */
    record Starting(long deadlineMs) implements PlaybackState {}

    record Playing() implements PlaybackState {}

    /** @param message why: the natural end or a stop */
    record Over(String message) implements PlaybackState {}

    /** @param message what failed, for people; no secret and no path */
    record Failed(String message) implements PlaybackState {}

    /** The name in contracts (PlaybackView, PlaybackEvent) and in the store. */
    default String wireName() {
        return switch (this) {
            case Starting _ -> "starting";
            case Playing _ -> "playing";
            case Over _ -> "over";
            case Failed _ -> "failed";
        };
    }

    default String message() {
        return switch (this) {
            case Starting _, Playing _ -> "";
            case Over(var message) -> message;
            case Failed(var message) -> message;
        };
    }

    default boolean isFinal() {
        return switch (this) {
            case Starting _, Playing _ -> false;
            case Over _, Failed _ -> true;
        };
    }
}
