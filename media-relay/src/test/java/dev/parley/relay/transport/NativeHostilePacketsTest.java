package dev.parley.relay.transport;

/** With native I/O. */
class NativeHostilePacketsTest extends HostilePacketsTest {
    NativeHostilePacketsTest() {
        super(MediaIo.NATIVE, 1_000_000);
    }
}
