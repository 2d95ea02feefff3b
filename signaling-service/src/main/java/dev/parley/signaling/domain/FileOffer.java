package dev.parley.signaling.domain;

/**
 * A file that a participant has announced and not yet sent.
 *
 * @param name as {@link FileName} leaves it
 * @param contentType media type (RFC 6838) that the sender gave, lower case; nobody has looked into the file
 */
public record FileOffer(String fileId, String name, String contentType, long bytes, long offeredAtMs) {}
