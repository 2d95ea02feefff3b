package dev.parley.recorder.domain;

import dev.parley.contracts.recording.CallbackView;
import java.util.List;

/** What business servers were told about a recording. Blocking. Errors: UNAVAILABLE when the store does not answer. */
public interface CallbackHistory {
    /** In the order in which they are told. */
    List<CallbackView> of(String recordId);

    /**
     * Tells it again, now, with the same bizRequestId. One that is older than what is tried for is tried once.
     *
     * @return false: the recording has no such callback
     */
    boolean replay(String recordId, String bizRequestId, long nowMs);
}
