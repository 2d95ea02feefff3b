package dev.parley.recorder.compose;

import dev.parley.recorder.domain.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * The films of a recording and what is known of them.
 *
 * @param files        the whole film first, then the part that splitType asks for
 * @param startedAtMs  wall clock of the first thing recorded
 * @param warnings     what is not as it should be: damaged segments, codecs that are not supported
 * @param journal      what the films were made of
 */
public record CompositionResult(List<File> files, long startedAtMs, List<String> warnings, Manifest.Journal journal) {
    /** @param durationMs as ffprobe says. @param mediaType 0 audio and video, 1 audio only, 2 video only */
    public record File(Path path, long durationMs, long sizeBytes, int mediaType) {}
}
