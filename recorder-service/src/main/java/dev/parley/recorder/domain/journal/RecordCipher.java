package dev.parley.recorder.domain.journal;

import java.nio.ByteBuffer;

/**
 * Authenticated encryption under one data key, with a nonce of 96 bits and a tag of 128 (NIST SP 800-38D). The caller never seals two things
 * with one nonce. Not thread safe.
 */
public interface RecordCipher {
    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;

    /**
     * Appends the sealed bytes and their tag.
     *
     * @param associated what must be the same when it is opened; not kept
     * @param plain      its remaining bytes, which are consumed
     */
    void seal(byte[] nonce, byte[] associated, ByteBuffer plain, ByteBuffer out);

    /** @param sealed its remaining bytes, which are consumed. @return null when it was sealed otherwise or changed since */
    byte[] open(byte[] nonce, byte[] associated, ByteBuffer sealed);
}
