/**
 * Framed RTP: RTP and RTCP over TLS/TCP (RFC 4571 frames behind a one-line JSON hello), as docs/internals.md lays down. Used by the relay's
 * tap and ingress, by the recorder and by vod. {@link dev.parley.rtp.framed.FramedRtpClient} is the reader's and player's side.
 */
package dev.parley.rtp.framed;
