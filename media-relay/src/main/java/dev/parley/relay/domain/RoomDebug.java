package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import java.util.List;

/** Why each subscriber gets what he gets; body of {@code GET /v1/rooms/{roomId}/debug}. For people: the sentences may change. */
public record RoomDebug(String roomId, List<Subscriber> subscribers) {
    /**
     * @param estimatedBits what his line takes, bits per second; -1 = he gives no feedback, or none has come yet
     * @param sentBits      what his streams take as they are now
     * @param wantedBits    what they would take if the line took all
     * @param congested     packets wait on the way, or did within the last second
     * @param roundTripMs   0 = not known
     */
    public record Subscriber(
            String transportId,
            String participantId,
            boolean connected,
            long estimatedBits,
            long sentBits,
            long wantedBits,
            boolean congested,
            long roundTripMs,
            List<Stream> streams) {}

    /**
     * @param gets what is sent, such as "h 320x180, temporal layers up to 1"
     * @param why  one sentence for each thing that keeps him from more; empty = he gets all there is
     */
    public record Stream(String feedId, String mid, MediaKind kind, FeedWish wish, String gets, List<String> why) {}
}
