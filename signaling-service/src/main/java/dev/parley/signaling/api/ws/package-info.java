/** The WebSocket of the SDKs, docs/protocol.md. */
package dev.parley.signaling.api.ws;
