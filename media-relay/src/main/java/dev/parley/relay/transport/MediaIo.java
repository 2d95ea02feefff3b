package dev.parley.relay.transport;

import dev.parley.relay.transport.srtp.CipherProvider;

/** Through what media is received, sent and encrypted. */
public enum MediaIo {
    /** {@link #NATIVE} where all that it needs is there, else {@link #NETTY}. */
    AUTO,
    /** The system's own calls and OpenSSL through the FFM API; the start fails where one is missing. */
    NATIVE,
    /** Netty's sockets (epoll where it is there) and the JDK's ciphers. */
    NETTY,
    /** Netty's sockets over java.nio and the JDK's ciphers: runs everywhere. */
    NIO;

    /**
     * What is really used.
     *
     * @throws IllegalStateException when NATIVE is demanded and not possible; the message says what is missing
     */
    MediaIo resolve() {
        String missing = Libc.UNAVAILABLE.isEmpty() ? CipherProvider.OPENSSL.unavailable() : Libc.UNAVAILABLE;
        if (this == NATIVE && !missing.isEmpty()) {
            throw new IllegalStateException("native media I/O is not possible here: " + missing);
        }
        return this != AUTO ? this : missing.isEmpty() ? NATIVE : NETTY;
    }

    CipherProvider ciphers() {
        return resolve() == NATIVE ? CipherProvider.OPENSSL : CipherProvider.JDK;
    }
}
