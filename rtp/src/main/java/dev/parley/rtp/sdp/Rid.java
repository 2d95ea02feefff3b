package dev.parley.rtp.sdp;

/** {@code a=rid:hi send pt=97;max-width=1280} (RFC 8851). @param direction "send" or "recv"; @param restrictions "" when there are none */
public record Rid(String id, String direction, String restrictions) {
    @Override
    public String toString() {
        return id + " " + direction + (restrictions.isEmpty() ? "" : " " + restrictions);
    }
}
