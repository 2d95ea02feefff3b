package dev.parley.relay.transport.dtls;

import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What both sides of DTLS-SRTP have in common. */
final class DtlsSrtp {
    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    };

    private DtlsSrtp() {}

    /** Refuses a peer whose certificate is not the one its SDP named (RFC 8842 section 5.6). */
    static void checkFingerprint(Certificate chain, List<Fingerprint> accepted) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        byte[] der = chain.getCertificateAt(0).getEncoded();
        for (Fingerprint one : accepted) {
            if (one.value().equals(DtlsIdentity.hash(one.algorithm(), der))) {
                return;
            }
        }
        throw new TlsFatalAlert(AlertDescription.bad_certificate, "certificate has not the fingerprint of the SDP");
    }

    static TlsCredentialedSigner signer(TlsContext context, BcTlsCrypto crypto, DtlsIdentity identity)
            throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.privateKey(),
                identity.chain(crypto),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    static SrtpKeyMaterial export(TlsContext context, SrtpProfile profile) {
        return new SrtpKeyMaterial(
                profile, context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.exportBytes()));
    }
}
