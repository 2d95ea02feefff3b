package dev.parley.signaling.domain;

/**
 * What may be changed while a room lives.
 *
 * @param capacity    participants at most, played files not counted
 * @param pin         "" = none
 * @param locked      only those who moderate may enter
 * @param guestsMuted feeds of guests are published with their sound muted
 * @param autoRecord  record from the first feed on
 * @param endWhenEmpty over with its last participant, played files not counted, instead of after a grace time (mrtc.md, MRTC-AMB-16)
 */
public record RoomSettings(
        String name,
        int capacity,
        String pin,
        boolean locked,
        boolean guestsMuted,
        boolean autoRecord,
        boolean endWhenEmpty) {
    public RoomSettings withLocked(boolean locked) {
        return new RoomSettings(name, capacity, pin, locked, guestsMuted, autoRecord, endWhenEmpty);
    }
}
