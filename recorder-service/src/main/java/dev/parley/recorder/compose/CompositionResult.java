package dev.parley.recorder.compose;

import java.nio.file.Path;
import java.util.List;

/**
 * A film and what is known of it.
 *
 * @param startedAtMs  wall clock of the first thing recorded
 * @param durationMs   as ffprobe says
 * @param mediaType    0 audio and video, 1 audio only, 2 video only
 * @param warnings     what is not as it should be: unreadable segments, codecs that are not supported
 */
public record CompositionResult(
        Path file, long startedAtMs, long durationMs, long sizeBytes, int mediaType, List<String> warnings) {}
