/**
 * How much a subscriber's line takes, by what his transport-wide feedback says about what was sent to him. Plain arithmetic over times and sizes: no
 * clock, no I/O, and nothing is allocated per packet. The whole is {@link dev.parley.relay.domain.congestion.GradientEstimator}.
 */
package dev.parley.relay.domain.congestion;
