package dev.parley.contracts.recording;

import java.util.List;

/**
 * A recording as {@code GET /v1/recordings/{recordId}} shows it.
 *
 * @param startedAtMs when the first recorded packet arrived at the relay, by its clock: the film's first moment, milliseconds since the
 *                    epoch; 0 before it
 * @param durationMs  of the result file; 0 until DONE
 * @param filePath    of the result, as of {@link File}; "" until DONE
 * @param fileUrl     signed URL to fetch it, valid for an hour; "" until DONE
 * @param mediaType   0 audio and video, 1 audio only, 2 video only
 * @param eventCode   the last event code of MRTC section 3.3
 * @param starterUid  whose recording it is; may be ""
 * @param name        what people call it; may be ""
 * @param progress    of its composition, percent: 0 while it records or waits, 100 when DONE
 * @param files       all results, the film first; empty until DONE
 */
public record RecordingView(
        String recordId,
        String roomId,
        String bizName,
        RecordingState state,
        long startedAtMs,
        long durationMs,
        long sizeBytes,
        String filePath,
        String fileUrl,
        int mediaType,
        int eventCode,
        String message,
        String starterUid,
        String name,
        long createdAtMs,
        int progress,
        List<File> files) {
    /** What {@code fileType} says of a result (MRTC-RCB-02): in a local folder or a NAS, in the object store. */
    public static final int FOLDER = 1, OBJECT_STORE = 2;

    /**
     * One result.
     *
     * @param mediaType 0 audio and video, 1 audio only, 2 video only
     * @param fileType  MRTC-RCB-02: 1 folder of the recorder or NAS, 2 object store
     * @param path      on the recorder, or key in the object store
     * @param url       signed, valid for an hour
     */
    public record File(int mediaType, int fileType, String path, String url, long durationMs, long sizeBytes) {}
}
