package dev.parley.relay.domain;

import dev.parley.contracts.media.TrackBinding;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaDirection;
import dev.parley.rtp.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An answer without the transport's attributes yet.
 *
 * @param media    one m-line for each of the offer, in its order
 * @param bundle   mids that share the one transport
 * @param tracks   what was agreed on: UpTrack or DownTrack
 * @param accepted the bindings behind them
 */
public record AnswerPlan<T>(
        List<MediaDescription> media, List<String> bundle, List<T> tracks, List<TrackBinding> accepted) {
    /**
     * The answer's text.
     *
     * @param transport writes ICE, DTLS and candidates into an m-line
     * @param version   goes up by one with each answer of one transport
     */
    public String print(String sessionId, long version, UnaryOperator<MediaDescription.Builder> transport) {
        List<MediaDescription> complete = new ArrayList<>();
        boolean first = true;
        for (MediaDescription one : media) {
            if (one.port() == 0) {
                complete.add(one);
                continue;
            }
            MediaDescription.Builder builder = transport.apply(one.toBuilder());
            if (!first)
                builder.candidates(List.of()).endOfCandidates(false); // one transport: its candidates stand once
            complete.add(builder.build());
            first = false;
        }
        return SessionDescription.of(sessionId, version, true, bundle, complete).print();
    }

    /** True when no m-line carries anything: the transport is kept for a later offer. */
    public boolean idle() {
        return media.stream().allMatch(m -> m.port() == 0 || m.direction() == MediaDirection.INACTIVE);
    }
}
