/** {@code ./parley bench relay}: the same loads on Parley's relay and on Janus, by turns. {@link dev.parley.bench.RelayBench} is the command. */
package dev.parley.bench.relay;
