package dev.parley.vod;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/** Settings of this service; an unknown one below {@code parley.vod} stops the start. */
@ConfigMapping(prefix = "parley.vod")
public interface VodConfig {
    /** Stable id of this copy. */
    @Size(min = 1, max = 64)
    String nodeId();

    /** Base of this copy's REST interface as others reach it. */
    String url();

    /** Free text; equal texts are near. */
    @WithDefault("local")
    String region();

    /** Playbacks at the same time; each costs one ffmpeg process. */
    @WithDefault("8")
    @Min(1)
    @Max(1_000)
    int playbacksMax();

    /** Largest media file that can be stored, bytes. */
    @WithDefault("2147483648")
    @Min(1)
    long fileBytesMax();

    /** Program names or paths. */
    @WithDefault("ffmpeg")
    String ffmpeg();

    @WithDefault("ffprobe")
    String ffprobe();

    S3 s3();

    /** The object store. */
    interface S3 {
        String url();

        String accessKey();

        String secretKey();

        String bucket();

        String region();
    }
}
