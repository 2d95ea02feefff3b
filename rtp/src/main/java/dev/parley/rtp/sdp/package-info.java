/** Session descriptions of WebRTC (RFC 8866, RFC 8829) as immutable records: parse, look up, change by copying, print. */
package dev.parley.rtp.sdp;
