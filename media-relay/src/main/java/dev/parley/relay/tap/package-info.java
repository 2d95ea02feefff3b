/** Framed RTP at the relay (docs/internals.md): a room's media out to recorders, and feeds of players in, over TLS 1.3. */
package dev.parley.relay.tap;
