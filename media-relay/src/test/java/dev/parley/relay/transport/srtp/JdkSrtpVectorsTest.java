package dev.parley.relay.transport.srtp;

/** With the JDK's ciphers. */
class JdkSrtpVectorsTest extends SrtpVectorsTest {
    JdkSrtpVectorsTest() {
        super(CipherProvider.JDK);
    }
}
