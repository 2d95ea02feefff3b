package dev.parley.contracts.media;

import java.util.List;

/**
 * @param sdp    the relay's answer
 * @param tracks the bindings that the answer accepts; those left out were refused (no such feed, no common codec)
 */
public record NegotiateAnswer(String sdp, List<TrackBinding> tracks) {}
