package dev.parley.contracts.node;

/**
 * Where a relay's tap and ingress are reached: framed RTP (RFC 4571) over TLS.
 *
 * @param host        name or address
 * @param port        TCP port
 * @param fingerprint SHA-256 of the relay's certificate in lower-case hex without colons; the reader pins it, so no authority is needed
 */
public record MediaAddress(String host, int port, String fingerprint) {}
