package dev.parley.contracts.recording;

/**
 * A callback and what became of it; {@code GET /v1/recordings/{recordId}/callbacks} at a recorder.
 *
 * @param eventCode MRTC section 3.3
 * @param state     PENDING, DONE (acknowledged) or EXPIRED (given up)
 * @param attempts  made so far
 * @param nextAtMs  of the next attempt while PENDING, milliseconds since the epoch
 * @param lastError why the last attempt failed, "" when it did not
 */
public record CallbackView(
        String bizRequestId,
        int eventCode,
        String url,
        String state,
        int attempts,
        long createdAtMs,
        long nextAtMs,
        String lastError) {}
