package dev.parley.relay.transport.dtls;

import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** The active side, for Parley's own client. One handshake, one thread. */
final class SrtpTlsClient extends DefaultTlsClient {
    private static final byte[] NO_MKI = new byte[0];

    private final DtlsIdentity identity;
    private final List<Fingerprint> accepted;
    private final List<SrtpProfile> profiles;
    private final Consumer<SrtpKeyMaterial> onKeys;
    private SrtpProfile profile;

    SrtpTlsClient(
            DtlsIdentity identity,
            List<Fingerprint> accepted,
            List<SrtpProfile> profiles,
            Consumer<SrtpKeyMaterial> onKeys) {
        super(new TolerantCrypto());
        this.identity = identity;
        this.accepted = accepted;
        this.profiles = profiles;
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

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        int[] numbers = profiles.stream().mapToInt(p -> p.number).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(numbers, NO_MKI));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (chosen == null || chosen.getProtectionProfiles().length != 1) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no single SRTP profile");
        }
        profile = SrtpProfile.of(chosen.getProtectionProfiles()[0]);
        if (!profiles.contains(profile)) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "SRTP profile that was not offered");
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                DtlsSrtp.checkFingerprint(server.getCertificate(), accepted);
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return DtlsSrtp.signer(context, (BcTlsCrypto) getCrypto(), identity);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        onKeys.accept(DtlsSrtp.export(context, profile));
    }
}
