/**
 * What the relay does to packets, and how a room holds together: plain Java over ByteBuf flyweights, no I/O, clock, lock or framework.
 *
 * <p>A {@link dev.parley.relay.domain.RelayRoom} and all it holds belong to one media loop; nothing here is thread safe. Time comes in as
 * {@code nowNs}, read once per batch. The way of a packet: {@link dev.parley.relay.domain.Uplink#onRtp} lists its steps in order.
 */
package dev.parley.relay.domain;
