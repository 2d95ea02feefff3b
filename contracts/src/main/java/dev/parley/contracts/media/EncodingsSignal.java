package dev.parley.contracts.media;

import java.util.List;

/**
 * Data of {@code encodings.v1} on {@code room.signals}, for the publisher of a simulcast: which of its sizes anybody may want now. The others need not
 * be sent. Said again every few seconds while what comes is something else; may be lost.
 *
 * @param rids names of the sizes (RFC 8851), smallest first; at least one
 */
public record EncodingsSignal(String roomId, String participantId, String feedId, List<String> rids) {}
