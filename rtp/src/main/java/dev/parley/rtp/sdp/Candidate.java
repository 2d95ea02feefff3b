package dev.parley.rtp.sdp;

/**
 * An ICE candidate (RFC 8839 section 5.1; TCP: RFC 6544 section 4.5). Related address and extensions are not kept.
 *
 * @param component 1 = RTP (with rtcp-mux the only one)
 * @param protocol  "udp" or "tcp", lower case
 * @param priority  unsigned 32 bits
 * @param address   IPv4, IPv6 or a name such as an mDNS one
 * @param type      host, srflx, prflx or relay
 * @param tcpType   active, passive or so; "" with udp
 */
public record Candidate(
        String foundation,
        int component,
        String protocol,
        long priority,
        String address,
        int port,
        String type,
        String tcpType) {
    @Override
    public String toString() {
        return foundation + " " + component + " " + protocol + " " + priority + " " + address + " " + port + " typ "
                + type + (tcpType.isEmpty() ? "" : " tcptype " + tcpType);
    }
}
