package dev.parley.relay.domain;

/**
 * One stream of a track that a participant publishes, as agreed: the only one, or one size of a simulcast (RFC 8853).
 *
 * @param rid     by which its packets name it (RFC 8852 section 3.1); "" = by SSRC, or the only one
 * @param ssrc    as signalled by a=ssrc; 0 = to be learned from the first packet (RFC 8843 section 9.2)
 * @param rtxSsrc of its retransmissions; 0 = none, or to be learned
 */
public record UpEncoding(String rid, long ssrc, long rtxSsrc) {}
