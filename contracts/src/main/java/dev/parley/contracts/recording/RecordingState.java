package dev.parley.contracts.recording;

/** STARTING -> RECORDING <-> PAUSED -> COMPOSING -> DONE or FAILED. */
public enum RecordingState {
    STARTING,
    RECORDING,
    PAUSED,
    COMPOSING,
    DONE,
    FAILED
}
