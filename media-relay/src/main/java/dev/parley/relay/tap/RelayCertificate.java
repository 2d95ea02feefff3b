package dev.parley.relay.tap;

import dev.parley.rtp.framed.PinnedTrust;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key of the tap port: made anew at each start, self-signed, trusted by its hash in the node record. ECDSA P-256, good for a year. */
final class RelayCertificate {
    private static final char[] IN_MEMORY = {};

    private final SSLContext context;
    private final String fingerprint;

    private RelayCertificate(SSLContext context, String fingerprint) {
        this.context = context;
        this.fingerprint = fingerprint;
    }

    static RelayCertificate create(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = selfSigned(keys, now);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("relay", keys.getPrivate(), IN_MEMORY, new Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, IN_MEMORY);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(managers.getKeyManagers(), null, null);
            return new RelayCertificate(context, PinnedTrust.fingerprint(certificate));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for the tap port", e);
        }
    }

    private static X509Certificate selfSigned(KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException {
        var name = new X500Name("CN=parley-relay");
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        var holder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(365))),
                        name,
                        keys.getPublic())
                .build(signer);
        return new JcaX509CertificateConverter().getCertificate(holder);
    }

    SSLContext context() {
        return context;
    }

    String fingerprint() {
        return fingerprint;
    }
}
