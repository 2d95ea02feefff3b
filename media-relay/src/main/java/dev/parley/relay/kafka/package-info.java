/** Facts that others may want, out to Kafka: one class per topic. Media loops only hand over, a thread of its own sends. */
package dev.parley.relay.kafka;
