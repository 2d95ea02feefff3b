package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.MediaKind;
import java.util.List;

/** What a room carries right now; body of {@code GET /v1/rooms/{roomId}/stats}. Numbers are sums since each object began. */
public record RoomStats(String roomId, List<FeedStats> feeds, List<LinkStats> transports, boolean tapped) {
    public record FeedStats(FeedInfo feed, List<In> tracks) {}

    /**
     * A track as it arrives; of a simulcast all sizes together, but for SSRC and jitter, which are those of the size that the tap gets.
     *
     * @param ssrc         the publisher's; 0 = no packet yet
     * @param bytes        payload only
     * @param lost         packets never received so far; negative when duplicates outnumber them
     * @param jitter       in ticks of the clock rate (RFC 3550)
     * @param lastPacketMs age of the newest packet in milliseconds; -1 = none yet
     */
    public record In(
            MediaKind kind,
            String codec,
            long ssrc,
            boolean muted,
            long packets,
            long bytes,
            int lost,
            long jitter,
            long lastPacketMs,
            FeedQuality quality,
            List<Size> sizes,
            List<Out> subscriptions) {}

    /**
     * One encoding of a track, smallest first; a single one where there is no simulcast.
     *
     * @param rid      its name; "" when it has none
     * @param width    in pixels; 0 = not known
     * @param bits     per second, with headers
     * @param topLayer highest temporal layer; 0 = there are none
     * @param live     it comes at present
     */
    public record Size(
            String rid, long ssrc, int width, int height, long packets, long bits, int topLayer, boolean live) {}

    /**
     * A track on its way to one subscriber.
     *
     * @param fractionLost  in 1/256, as the subscriber last reported
     * @param temporalLayer the highest VP8 temporal layer that is sent; -1 = all, as they come
     * @param rid           of the size that is sent; "" without simulcast
     * @param targetRid     of the size that is to be sent from its next key frame on
     * @param switches      how often the size has changed
     */
    public record Out(
            String transportId,
            String mid,
            long ssrc,
            long packets,
            long bytes,
            long resent,
            int fractionLost,
            boolean waitingForKeyFrame,
            int temporalLayer,
            String rid,
            String targetRid,
            int switches,
            FeedQuality quality) {}

    /**
     * @param direction     up, down or ingress
     * @param estimatedBits what the way to the subscriber takes by his transport-wide feedback, bits per second; -1 = not known
     */
    public record LinkStats(
            String transportId, String participantId, String direction, int streams, long estimatedBits) {}
}
