package dev.parley.recorder.domain.journal;

/**
 * One thing that the tap said, with the time at which it was said.
 *
 * @param type    null when the code is of a later version
 * @param timeUs  the relay's monotonic clock, microseconds; its origin belongs to the epoch
 * @param payload at most 65535 bytes
 */
public record JournalRecord(RecordType type, long timeUs, byte[] payload) {}
