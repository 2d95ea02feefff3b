package dev.parley.relay.transport;

/** With native I/O. */
class NativeMediaTransportTest extends MediaTransportTest {
    NativeMediaTransportTest() {
        super(MediaIo.NATIVE);
    }
}
