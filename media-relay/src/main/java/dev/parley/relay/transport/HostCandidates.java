package dev.parley.relay.transport;

import dev.parley.rtp.sdp.Candidate;
import java.util.ArrayList;
import java.util.List;

/** The host candidates of the relay (RFC 8445 section 5.1.2.1, RFC 6544 section 4.2): UDP before passive TCP, addresses in their order. */
final class HostCandidates {
    private static final int UDP_TYPE_PREFERENCE = 126;
    private static final int TCP_TYPE_PREFERENCE = 90;
    private static final int COMPONENT = 1;
    /** RFC 6544 section 4.2: direction preference of passive host candidates, in the upper 3 bits of the local preference. */
    private static final int PASSIVE = 4;

    private HostCandidates() {}

    static List<Candidate> of(List<String> addresses, int port) {
        var all = new ArrayList<Candidate>();
        for (int i = 0; i < addresses.size(); i++) {
            long preference = 65535 - i;
            all.add(candidate("1" + i, "udp", UDP_TYPE_PREFERENCE, preference, addresses.get(i), port, ""));
        }
        for (int i = 0; i < addresses.size(); i++) {
            long preference = (PASSIVE << 13) + 8191 - i;
            all.add(candidate("2" + i, "tcp", TCP_TYPE_PREFERENCE, preference, addresses.get(i), port, "passive"));
        }
        return List.copyOf(all);
    }

    private static Candidate candidate(
            String foundation, String protocol, long type, long preference, String address, int port, String tcpType) {
        long priority = type << 24 | preference << 8 | 256 - COMPONENT;
        return new Candidate(foundation, COMPONENT, protocol, priority, address, port, "host", tcpType);
    }
}
