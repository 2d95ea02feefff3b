package dev.parley.contracts.recording;

import java.util.List;

/**
 * Whether a recording's files are as they were made; answer of {@code POST /v1/recordings/{recordId}:verify} at a recorder.
 *
 * @param keyId    of the key that signed the manifest
 * @param files    how many were compared
 * @param bytes    of them all
 * @param findings what is not as it was made, a sentence each; empty = intact
 */
public record RecordingCheck(boolean intact, String keyId, int files, long bytes, List<String> findings) {}
