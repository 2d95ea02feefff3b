package dev.parley.relay.transport.srtp;

/** With the JDK's ciphers. */
class JdkSrtpStreamsTest extends SrtpStreamsTest {
    JdkSrtpStreamsTest() {
        super(CipherProvider.JDK);
    }
}
