package dev.parley.relay.transport;

/** With Netty I/O. */
class NettyMediaTransportTest extends MediaTransportTest {
    NettyMediaTransportTest() {
        super(MediaIo.NETTY);
    }
}
