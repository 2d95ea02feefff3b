package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;
import java.util.List;

/**
 * One m-line that a participant publishes on, as agreed.
 *
 * @param encodings at least one; several for a simulcast, in the order of the offer, where the smallest comes first by custom
 */
public record UpTrack(String mid, String feedId, MediaKind kind, TrackFormat format, List<UpEncoding> encodings) {
    /** Sizes of one picture that a publisher may send at once. */
    public static final int ENCODINGS_MAX = 3;

    public UpTrack {
        encodings = List.copyOf(encodings);
        if (encodings.isEmpty() || encodings.size() > ENCODINGS_MAX)
            throw new IllegalArgumentException("encodings: " + encodings.size());
    }

    /** Of a single stream. */
    public UpTrack(String mid, String feedId, MediaKind kind, TrackFormat format, long ssrc, long rtxSsrc) {
        this(mid, feedId, kind, format, List.of(new UpEncoding("", ssrc, rtxSsrc)));
    }
}
