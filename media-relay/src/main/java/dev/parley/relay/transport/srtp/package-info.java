/** SRTP and SRTCP (RFC 3711, RFC 7714): keys, packet indexes, replay windows, and the ciphers behind an interface. No socket, no thread. */
package dev.parley.relay.transport.srtp;
