package dev.parley.contracts.recording;

/**
 * Data of {@code recording.event.v1}: an event code of MRTC section 3.3, in order per recording. {@code seq} from 1: drop what was seen.
 *
 * @param feedId      the stream that it is about, "" = the whole recording
 * @param startedAtMs as of {@link RecordingView}, when the event was made; 0 before the first packet
 */
public record RecordingEvent(
        String recordId,
        String roomId,
        String starterId,
        String thirdId,
        long seq,
        int eventCode,
        String message,
        String feedId,
        long startedAtMs) {}
