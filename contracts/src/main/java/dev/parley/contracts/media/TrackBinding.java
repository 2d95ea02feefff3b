package dev.parley.contracts.media;

/** Ties the m-line with this mid (RFC 5888) to one track of a feed. Up: the track that is published on it; down: the one to be sent on it. */
public record TrackBinding(String mid, String feedId, MediaKind kind) {}
