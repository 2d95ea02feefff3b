package dev.parley.contracts.recording;

/** STARTING -> RECORDING -> COMPOSING -> DONE or FAILED. */
public enum RecordingState {
    STARTING,
    RECORDING,
    COMPOSING,
    DONE,
    FAILED
}
