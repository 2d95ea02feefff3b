/**
 * The sockets, ICE-lite, DTLS and SRTP: what lies between the network and plain RTP. The router sees {@link
 * dev.parley.relay.transport.MediaTransports}, {@link dev.parley.relay.transport.MediaTransport}, {@link
 * dev.parley.relay.transport.MediaListener} and {@link dev.parley.relay.transport.MediaLoop}; how it works is told in docs/relay-transport.md.
 */
package dev.parley.relay.transport;
