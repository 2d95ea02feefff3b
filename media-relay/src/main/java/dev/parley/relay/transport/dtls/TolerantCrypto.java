package dev.parley.relay.transport.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * BouncyCastle's crypto, but a record that cannot be decrypted is always reported as a bad MAC, which the record layer then drops as RFC 6347
 * section 4.1.2.7 wants. BouncyCastle calls a record that is too short a decode error, and that ends the association: one forged datagram
 * would do.
 */
final class TolerantCrypto extends BcTlsCrypto {
    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac) throws IOException {
        return new TolerantCipher(super.createCipher(parameters, encryption, mac));
    }

    private record TolerantCipher(TlsCipher cipher) implements TlsCipher {
        @Override
        public TlsDecodeResult decodeCiphertext(
                long sequence, short type, ProtocolVersion version, byte[] bytes, int offset, int length)
                throws IOException {
            try {
                return cipher.decodeCiphertext(sequence, type, version, bytes, offset, length);
            } catch (TlsFatalAlert e) {
                throw new TlsFatalAlert(AlertDescription.bad_record_mac, e);
            }
        }

        @Override
        public TlsEncodeResult encodePlaintext(
                long sequence, short type, ProtocolVersion version, int header, byte[] bytes, int offset, int length)
                throws IOException {
            return cipher.encodePlaintext(sequence, type, version, header, bytes, offset, length);
        }

        @Override
        public int getCiphertextDecodeLimit(int plaintextLimit) {
            return cipher.getCiphertextDecodeLimit(plaintextLimit);
        }

        @Override
        public int getCiphertextEncodeLimit(int plaintextLimit) {
            return cipher.getCiphertextEncodeLimit(plaintextLimit);
        }

        @Override
        public int getPlaintextDecodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextDecodeLimit(ciphertextLimit);
        }

        @Override
        public int getPlaintextEncodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextEncodeLimit(ciphertextLimit);
        }

        @Override
        public void rekeyDecoder() throws IOException {
            cipher.rekeyDecoder();
        }

        @Override
        public void rekeyEncoder() throws IOException {
            cipher.rekeyEncoder();
        }

        @Override
        public boolean usesOpaqueRecordTypeDecode() {
            return cipher.usesOpaqueRecordTypeDecode();
        }

        @Override
        public boolean usesOpaqueRecordTypeEncode() {
            return cipher.usesOpaqueRecordTypeEncode();
        }
    }
}
