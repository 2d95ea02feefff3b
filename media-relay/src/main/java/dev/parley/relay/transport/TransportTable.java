package dev.parley.relay.transport;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Who gets what comes in, for all loops: by the name in a check, else by the address it came from. Only valid checks make entries, and each
 * transport has few ({@link ClientPaths#PATHS_MAX} addresses, two names), so strangers cannot make it grow.
 */
final class TransportTable {
    private final ConcurrentHashMap<String, ClientTransport> byUfrag = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AddressKey, UdpPath> byAddress = new ConcurrentHashMap<>();

    /** Null when nobody has this name. */
    ClientTransport byUfrag(String ufrag) {
        return byUfrag.get(ufrag);
    }

    /** False when the name is taken. */
    boolean add(String ufrag, ClientTransport transport) {
        return byUfrag.putIfAbsent(ufrag, transport) == null;
    }

    void remove(String ufrag, ClientTransport transport) {
        byUfrag.remove(ufrag, transport);
    }

    /** Null when no valid check came from there. */
    UdpPath byAddress(AddressKey remote) {
        return byAddress.get(remote);
    }

    /** @return the path that had this address before, or null */
    UdpPath put(UdpPath path) {
        return byAddress.put(path.key, path);
    }

    void remove(UdpPath path) {
        byAddress.remove(path.key, path);
    }

    int addresses() {
        return byAddress.size();
    }

    int names() {
        return byUfrag.size();
    }
}
