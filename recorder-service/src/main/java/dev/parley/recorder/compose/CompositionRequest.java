package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a composition depends on: the same request gives the same film.
 *
 * @param segments files of the journal in the order of writing
 * @param param    with its defaults filled in
 * @param tags     whether each window shows its tag
 * @param watermark the picture for the corner, .png or .jpg; null = none
 * @param work     an empty folder for intermediate files and the result
 */
public record CompositionRequest(
        String recordId, List<Path> segments, RecordParam param, boolean tags, Path watermark, Path work) {
    /** Of the result files, with the dot. */
    public String extension() {
        return param.recordFormat() == 2 ? ".flv" : ".mp4";
    }
}
