package dev.parley.master.domain;

/**
 * One instant on two clocks.
 *
 * @param monoMs milliseconds from any origin; never jumps: durations are taken on it
 * @param wallMs milliseconds since the epoch; for people and other machines
 */
public record Now(long monoMs, long wallMs) {}
