package dev.parley.relay.transport.srtp;

/** With OpenSSL's ciphers. */
class OpenSslSrtpStreamsTest extends SrtpStreamsTest {
    OpenSslSrtpStreamsTest() {
        super(CipherProvider.OPENSSL);
    }
}
