package dev.parley.contracts.recording;

import java.util.List;

/** Answer of {@code GET /v1/recordings} at a recorder: newest first. {@code total}: how many there are on all pages together. */
public record RecordingPage(List<RecordingView> recordings, long total) {}
