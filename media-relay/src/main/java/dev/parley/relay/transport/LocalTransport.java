package dev.parley.relay.transport;

import dev.parley.rtp.sdp.Candidate;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.MediaDescription;
import java.util.List;

/**
 * What the relay's answer says about its side. The answer is ice-lite, and all candidates are in it.
 *
 * @param setup      always "passive"
 * @param candidates UDP and passive TCP of every announced address
 */
public record LocalTransport(
        String iceUfrag, String icePwd, Fingerprint fingerprint, String setup, List<Candidate> candidates) {
    public LocalTransport {
        candidates = List.copyOf(candidates);
    }

    /** Writes these into an m-line of the answer. */
    public MediaDescription.Builder applyTo(MediaDescription.Builder media) {
        return media.ice(iceUfrag, icePwd)
                .dtls(fingerprint, setup)
                .candidates(candidates)
                .endOfCandidates(true);
    }
}
