package dev.parley.rtp.sdp;

/**
 * A header extension (RFC 8285 section 5): {@code a=extmap:3/sendonly URI attributes}.
 *
 * @param id         1 to 14 for one-byte headers, up to 255 for two-byte ones
 * @param direction  null when the line says none
 * @param attributes what follows the URI, "" when nothing does
 */
public record ExtMap(int id, MediaDirection direction, String uri, String attributes) {
    public ExtMap(int id, String uri) {
        this(id, null, uri, "");
    }

    @Override
    public String toString() {
        return id + (direction == null ? "" : "/" + direction.text()) + " " + uri
                + (attributes.isEmpty() ? "" : " " + attributes);
    }
}
