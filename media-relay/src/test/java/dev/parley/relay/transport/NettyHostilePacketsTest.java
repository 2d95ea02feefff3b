package dev.parley.relay.transport;

/** With Netty I/O. */
class NettyHostilePacketsTest extends HostilePacketsTest {
    NettyHostilePacketsTest() {
        super(MediaIo.NETTY, 200_000);
    }
}
