package dev.parley.contracts.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses others may make a service call; one rule and one setting for the whole suite. Whoever names a URL must not reach what only this machine or its network can: such
 * addresses are refused unless they are in a network that the operator allows. Thread safe.
 */
public final class Addresses {
    private record Network(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    /** What IANA keeps for special use and {@link InetAddress} does not tell (RFC 6890, RFC 4193, RFC 6598, RFC 6052). */
    private static final List<Network> SPECIAL = List.of(
            network("0.0.0.0/8"),
            network("100.64.0.0/10"),
            network("192.0.0.0/24"),
            network("198.18.0.0/15"),
            network("240.0.0.0/4"),
            network("fc00::/7"),
            network("64:ff9b::/96"),
            network("2002::/16"));

    private final List<Network> allowed = new ArrayList<>();

    /** @param networks as {@code 10.0.0.0/8}; IllegalArgumentException when one is not */
    public Addresses(List<String> networks) {
        for (String network : networks) allowed.add(network(network.strip()));
    }

    /**
     * Looks the host up; the JVM keeps the answer for a while, so that the call that follows goes to an address that was checked.
     *
     * @throws IOException when one of its addresses is refused or there is none
     */
    public void check(URI target) throws IOException {
        String host = target.getHost();
        if (host == null) throw new UnknownHostException(target + " names no host");
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!isAllowed(address))
                throw new IOException(host + " is the private address " + address.getHostAddress()
                        + "; PARLEY_PRIVATE_TARGETS may allow it");
        }
    }

    public boolean isAllowed(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (allowed.stream().anyMatch(network -> network.contains(bytes))) return true;
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && SPECIAL.stream().noneMatch(network -> network.contains(bytes));
    }

    private static Network network(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash < 0 || !text.substring(0, slash).matches("[0-9.]+|[0-9a-fA-F:]+"))
                throw new IllegalArgumentException("not a network: " + text);
            byte[] prefix = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > 8 * prefix.length) throw new IllegalArgumentException("not a network: " + text);
            return new Network(prefix, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }
}
