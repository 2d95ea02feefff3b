/**
 * The load client: publishers and subscribers with ICE, DTLS and SRTP on one thread, which count and check everything that arrives and cost
 * as little as they can. It knows no relay: those are in {@code dev.parley.bench.relay}.
 */
package dev.parley.bench.load;
