package dev.parley.contracts.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * recordParam of the MRTC manual (section 4.4 of the checklist), names verbatim. Null means the documented default, which
 * {@link #withDefaults} fills in.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordParam(
        Boolean silentRecord,
        Integer width,
        Integer height,
        Integer fps,
        Integer sampleRate,
        Integer channels,
        Integer audioCodeRate,
        Integer startTimeout,
        Integer recordTotalStream,
        Integer splitType,
        String splitFilePath,
        Integer recordFormat,
        Integer layoutMode,
        Integer multiModeType,
        Integer rtWatermark,
        Integer waterMark,
        String waterMarkUrl,
        Integer textWatermark,
        String text,
        String tagFilter,
        String tagPosition,
        List<MixWindow> mixPosition,
        Integer endType) {
    /** One window of a custom layout, in pixels of the output picture. */
    public record MixWindow(Integer index, Integer x_offset, Integer y_offset, Integer width, Integer height) {}

    public static final RecordParam DEFAULTS = new RecordParam(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null);

    public RecordParam withDefaults() {
        int total = or(recordTotalStream, 0);
        return new RecordParam(
                or(silentRecord, false),
                or(width, 640),
                or(height, 360),
                or(fps, 20),
                or(sampleRate, 48_000),
                or(channels, 1),
                or(audioCodeRate, 32_000),
                or(startTimeout, total == 0 ? 10 : 300),
                total,
                or(splitType, 0),
                or(splitFilePath, ""),
                or(recordFormat, 1),
                or(layoutMode, 0),
                or(multiModeType, 1),
                or(rtWatermark, 1),
                or(waterMark, 1),
                waterMarkUrl,
                or(textWatermark, 0),
                text,
                or(tagFilter, ""),
                tagPosition,
                mixPosition,
                or(endType, 0));
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
