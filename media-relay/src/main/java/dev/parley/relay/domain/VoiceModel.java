package dev.parley.relay.domain;

/** What people would say of a call with so much loss and delay: the E-model (ITU-T G.107), with what a network changes in it. */
final class VoiceModel {
    /** Rating without any impairment. */
    private static final double BEST = 93.2;
    /** How well a receiver conceals random loss, percent: G.711 with concealment (ITU-T G.113, appendix I). Opus is not listed; it conceals no worse. */
    private static final double CONCEALS = 25.1;
    /** Packets of 20 ms, and as much again in coders, milliseconds. */
    private static final double CODING_MS = 40;
    /** A jitter buffer holds about so many times the jitter. */
    private static final double JITTERS = 2;
    /** A delay above it disturbs conversation itself, milliseconds. */
    private static final double CONVERSATION_MS = 177.3;

    private VoiceModel() {}

    /** @param loss 0 to 1. Answers 1 to 4.4 */
    static double mos(double loss, double jitterMs, double roundTripMs) {
        double delayMs = roundTripMs / 2 + JITTERS * jitterMs + CODING_MS;
        double byDelay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - CONVERSATION_MS);
        double percent = 100 * Math.clamp(loss, 0, 1);
        double byLoss = 95 * percent / (percent + CONCEALS);
        double r = Math.clamp(BEST - byDelay - byLoss, 0, 100);
        return Math.clamp(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1, 4.5);
    }
}
