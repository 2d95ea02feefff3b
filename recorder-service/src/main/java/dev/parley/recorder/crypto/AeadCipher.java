package dev.parley.recorder.crypto;

import dev.parley.recorder.domain.journal.RecordCipher;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@link RecordCipher} by the Java cryptography architecture. */
final class AeadCipher implements RecordCipher {
    private final Cipher cipher;
    private final SecretKeySpec key;

    AeadCipher(JournalCipher kind, byte[] key) {
        this.cipher = kind.instance();
        this.key = new SecretKeySpec(key, kind.algorithm);
    }

    @Override
    public void seal(byte[] nonce, byte[] associated, ByteBuffer plain, ByteBuffer out) {
        try {
            begin(Cipher.ENCRYPT_MODE, nonce, associated);
            cipher.doFinal(plain, out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    @Override
    public byte[] open(byte[] nonce, byte[] associated, ByteBuffer sealed) {
        if (sealed.remaining() < TAG_BYTES) return null;
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        try {
            begin(Cipher.DECRYPT_MODE, nonce, associated);
            return cipher.doFinal(bytes);
        } catch (AEADBadTagException _) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("only the tag can be wrong", e);
        }
    }

    private void begin(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(associated);
    }
}
