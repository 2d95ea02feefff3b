/** DTLS 1.2 with SRTP keys (RFC 6347, RFC 5764) by BouncyCastle: blocking handshakes on virtual threads. No socket: datagrams go in and out by calls. */
package dev.parley.relay.transport.dtls;
