/** Media out of RTP payloads: VP8 (RFC 7741), H.264 (RFC 6184), Opus (RFC 7587). Knows no socket, room or thread. */
package dev.parley.rtp.payload;
