package dev.parley.relay.transport.srtp;

/** With OpenSSL's ciphers. */
class OpenSslSrtpVectorsTest extends SrtpVectorsTest {
    OpenSslSrtpVectorsTest() {
        super(CipherProvider.OPENSSL);
    }
}
