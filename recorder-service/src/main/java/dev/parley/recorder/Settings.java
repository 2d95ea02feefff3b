package dev.parley.recorder;

import dev.parley.recorder.crypto.JournalCipher;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** This service's own settings; an unknown one under the prefix stops the start. */
@ConfigMapping(prefix = "parley.recorder")
public interface Settings {
    /** Stable id of this copy, at most 64 characters; journals on this disk belong to it. */
    String nodeId();

    /** Base of this copy's REST interface, as others reach it. */
    String url();

    @WithDefault("")
    Optional<String> region();

    /** Journals and intermediate files of this copy. */
    Path dataDir();

    /** Programs: a name on the PATH or a path. */
    String ffmpeg();

    String ffprobe();

    /** The longest that one run of FFmpeg may take. */
    @WithDefault("PT4H")
    Duration ffmpegTimeout();

    /** Compositions at once. */
    @WithDefault("1")
    int compositions();

    /** A composition that fails for a passing reason is tried this often. */
    @WithDefault("3")
    int compositionAttempts();

    /** Recordings at which the load says 1; none is refused for it. */
    @WithDefault("50")
    int recordingsMax();

    /** Age at which a journal segment is closed and uploaded: what is lost at most when a disk dies. */
    @WithDefault("PT4S")
    Duration segment();

    /** Journals that wait on this disk for the object store, of one recording: more is reported as a warning. */
    @WithDefault("1G")
    MemorySize journalWarning();

    /** What all journals may take of this disk; the recordings that want more end as on a full disk. Absent: as much as there is. */
    Optional<MemorySize> journalMax();

    /** A node that does not renew for so long loses its recordings to another; shorter than the tap's memory by far. */
    @WithDefault("PT2.5S")
    Duration lease();

    /** Between looks at the tables: leases, stops, compositions, events, callbacks. */
    @WithDefault("PT0.5S")
    Duration sweep();

    /** A recording to which no media came for so long is stopped. */
    @WithDefault("PT30M")
    Duration idleStop();

    /**
     * The suite's, 32 bytes in Base64: from it come the keys of the journals, of the manifests' signature and of each application's signed
     * callbacks. Absent: journals are in the clear and nothing is signed.
     */
    Optional<String> masterKey();

    /** Former master keys, so that what was sealed with them can still be read. */
    Optional<List<String>> oldMasterKeys();

    /** How new journals are sealed. */
    @WithDefault("aes-256-gcm")
    JournalCipher journalCipher();

    /** Networks as 10.0.0.0/8 whose private addresses callbacks may go to. */
    Optional<List<String>> privateTargets();

    /** Whether each window of a film shows the tag of its feed. */
    @WithDefault("true")
    boolean tagWatermark();

    /** How long a business server has to answer. */
    @WithDefault("PT10S")
    Duration callbackTimeout();

    /** A folder of this machine, or one that all recorders mount, that takes the place of the object store. Absent: the object store. */
    Optional<String> folder();

    S3 s3();

    interface S3 {
        String url();

        String accessKey();

        String secretKey();

        String bucket();

        String region();
    }
}
