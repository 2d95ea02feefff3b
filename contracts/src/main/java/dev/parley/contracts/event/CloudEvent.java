package dev.parley.contracts.event;

import java.util.UUID;

/**
 * The envelope of every Kafka value (CloudEvents 1.0, structured JSON). The record key is {@code subject}: the id that needs order.
 * Delivery is at least once; consumers drop what they have seen.
 *
 * @param id      unique per event
 * @param source  service and node, such as {@code relay/relay-1}
 * @param type    such as {@code node.lost.v1}; a changed meaning is a new type
 * @param subject room, node or recording id
 * @param time    milliseconds since the epoch
 * @param data    the record that the type names
 */
public record CloudEvent<T>(
        String specversion, String id, String source, String type, String subject, long time, T data) {
    public static <T> CloudEvent<T> of(String source, String type, String subject, long timeMs, T data) {
        return new CloudEvent<>("1.0", UUID.randomUUID().toString(), source, type, subject, timeMs, data);
    }
}
