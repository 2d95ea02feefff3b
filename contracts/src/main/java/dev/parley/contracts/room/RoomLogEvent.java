package dev.parley.contracts.room;

/**
 * Data of {@code room.logged.v1}, topic {@code room.events}, keyed by room id: one row of a room's log, after its commit. At least once, and
 * around a crash of its writer possibly out of order: order by {@code seq}, drop what was seen.
 *
 * @param seq      position in the room's log, from 1, without gaps
 * @param type     a durable push of docs/protocol.md
 * @param audience {@code *} all of the room, {@code -id} all but this participant, {@code +id,id} these participants
 * @param data     JSON object, the push's data
 */
public record RoomLogEvent(String roomId, long seq, String type, String audience, Object data) {}
