package dev.parley.relay.transport;

import java.net.InetSocketAddress;

/** A client's UDP address, reached through the socket of the transport's loop. */
abstract class UdpPath extends Path {
    /** The same address, as the table's key. */
    final AddressKey key;

    UdpPath(AddressKey key, InetSocketAddress remote, ClientTransport owner) {
        super(remote);
        this.key = key;
        this.owner = owner;
    }

    @Override
    String protocol() {
        return "udp";
    }
}
