/**
 * A small WebRTC client in Java: a full ICE agent, the active side of DTLS, SRTP. The relay itself does not use it. It lives beside the relay's
 * transport because it shares its DTLS and SRTP, for the relay's tests, the load client and {@code parley doctor}.
 */
package dev.parley.relay.transport.client;
