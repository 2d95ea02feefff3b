package dev.parley.contracts.recording;

import dev.parley.contracts.node.NodeView;

/**
 * Body of {@code POST /v1/recordings} at a recorder. Idempotent per recordId, which the caller chooses. Never refused for lack of capacity.
 *
 * @param recordId      at most 64 characters of [A-Za-z0-9_-]
 * @param roomId        the room
 * @param relay         where the room's media lives now; the recorder asks master when it moves
 * @param starterId     participant who started it ("" = automatic)
 * @param starterUid    whose recording it is, for lists; "" = nobody's
 * @param name          what people call it, for lists; may be ""
 * @param thirdId       the caller's own id, echoed; may be ""
 * @param filePath      wanted path of the result in the store; "" = made by the recorder
 * @param callbackUrl   where status is posted; "" = nowhere
 */
public record StartRecording(
        String recordId,
        String roomId,
        String bizName,
        String appId,
        String workspaceId,
        NodeView relay,
        String starterId,
        String thirdId,
        String filePath,
        String callbackUrl,
        RecordParam param,
        String starterUid,
        String name) {
    /** Nobody's, and without a name. */
    public StartRecording(
            String recordId,
            String roomId,
            String bizName,
            String appId,
            String workspaceId,
            NodeView relay,
            String starterId,
            String thirdId,
            String filePath,
            String callbackUrl,
            RecordParam param) {
        this(
                recordId,
                roomId,
                bizName,
                appId,
                workspaceId,
                relay,
                starterId,
                thirdId,
                filePath,
                callbackUrl,
                param,
                "",
                "");
    }
}
