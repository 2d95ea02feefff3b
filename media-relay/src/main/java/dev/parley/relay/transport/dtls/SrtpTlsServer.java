package dev.parley.relay.transport.dtls;

import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The passive side: demands the client's certificate, picks the SRTP profile. One handshake, one thread. */
final class SrtpTlsServer extends DefaultTlsServer {
    private static final byte[] NO_MKI = new byte[0];

    private final DtlsIdentity identity;
    private final List<Fingerprint> accepted;
    private final Consumer<SrtpKeyMaterial> onKeys;
    private SrtpProfile profile;

    SrtpTlsServer(DtlsIdentity identity, List<Fingerprint> accepted, Consumer<SrtpKeyMaterial> onKeys) {
        super(new TolerantCrypto());
        this.identity = identity;
        this.accepted = accepted;
        this.onKeys = onKeys;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return DtlsSrtp.CIPHER_SUITES.clone();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return DtlsAssociation.HANDSHAKE_MS_MAX;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DtlsAssociation.RESEND_MS;
    }

    /** Without it keys must not be exported (RFC 7627 section 5.4). */
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /** A self-signed certificate proves nothing by its own signature; the fingerprint does. */
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return DtlsSrtp.signer(context, (BcTlsCrypto) getCrypto(), identity);
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no use_srtp extension");
        }
        for (SrtpProfile ours : SrtpProfile.values()) {
            for (int theirs : offered.getProtectionProfiles()) {
                if (theirs == ours.number && profile == null) {
                    profile = ours;
                }
            }
        }
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common SRTP profile");
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile.number}, NO_MKI));
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        DtlsSrtp.checkFingerprint(chain, accepted);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        onKeys.accept(DtlsSrtp.export(context, profile));
    }
}
