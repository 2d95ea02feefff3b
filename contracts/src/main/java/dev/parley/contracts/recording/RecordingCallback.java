package dev.parley.contracts.recording;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What is posted to the business server (MRTC-RCB-01); names verbatim. The same bizRequestId on every retry. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordingCallback(
        String bizRequestId,
        String bizName,
        String appId,
        String workspaceId,
        String roomId,
        String recordId,
        int eventCode,
        RecordResult recordResult) {
    /** MRTC-RCB-02. status 2 succeeded, 3 failed; fileType 1 folder of the recorder or NAS, 2 object store. The others are null when status is 3. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RecordResult(
            int status, Integer fileType, String filePath, Long recordStartTime, Integer mediaType) {}
}
