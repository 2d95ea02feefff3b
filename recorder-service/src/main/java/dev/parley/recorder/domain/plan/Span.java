package dev.parley.recorder.domain.plan;

/** When a run is seen or heard, microseconds from the recording's start; {@code startUs} may be negative by rounding. */
public record Span(long startUs, long endUs) {}
