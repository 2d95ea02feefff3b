package dev.parley.rtp.sdp;

/** {@code a=ssrc:1234 cname:x} (RFC 5576 section 4.1). @param ssrc unsigned 32 bits; @param value "" when the attribute has none */
public record SsrcLine(long ssrc, String attribute, String value) {
    @Override
    public String toString() {
        return ssrc + " " + attribute + (value.isEmpty() ? "" : ":" + value);
    }
}
