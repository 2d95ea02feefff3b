package dev.parley.rtp.framed;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import java.util.List;

/** What the connecting side writes first. JSON shape and codec: {@link HelloCodec}. */
public sealed interface Hello {
    /** A service token (JWT with group service). */
    String token();

    String roomId();

    /**
     * Asks for the room's media.
     *
     * @param tagPrefix only feeds whose tag begins so; "" = all
     * @param epoch     of an earlier answer, to resume; "" = anew
     * @param from      first frame index wanted; -1 = from now on
     */
    record Tap(String token, String roomId, String tagPrefix, String epoch, long from) implements Hello {
        public static final long NOW = -1;

        /** From now on, every feed. */
        public static Tap all(String token, String roomId) {
            return new Tap(token, roomId, "", "", NOW);
        }

        /** The same tap again from where an earlier one stopped. */
        public Tap resumed(String token, String epoch, long from) {
            return new Tap(token, roomId, tagPrefix, epoch, from);
        }
    }

    /** Brings a feed into the room; it ends with the connection. */
    record Ingress(String token, String roomId, FeedInfo feed, List<Track> tracks) implements Hello {}

    /**
     * A track of an ingress feed, at most one of each kind.
     *
     * @param codec       as in a=rtpmap
     * @param channels    0 for video
     * @param fmtp        may be ""
     * @param ssrc        unsigned 32 bits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Track(MediaKind kind, String codec, int payloadType, int clockRate, int channels, String fmtp, long ssrc) {}
}
