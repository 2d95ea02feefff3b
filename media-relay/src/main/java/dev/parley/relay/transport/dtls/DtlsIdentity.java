package dev.parley.relay.transport.dtls;

import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A self-signed ECDSA P-256 certificate with its key. Immutable; it lives as long as the process, peers know it by its fingerprint. */
public final class DtlsIdentity {
    private static final Duration VALID = Duration.ofDays(365);

    private final byte[] certificate;
    private final AsymmetricKeyParameter privateKey;
    private final Fingerprint fingerprint;

    private DtlsIdentity(byte[] certificate, AsymmetricKeyParameter privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.fingerprint = new Fingerprint("sha-256", hash("sha-256", certificate));
    }

    /** A new key and certificate, valid from a day ago for a year. */
    public static DtlsIdentity create() {
        var random = new SecureRandom();
        var generator = new ECKeyPairGenerator();
        generator.init(
                new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
        var pair = generator.generateKeyPair();
        try {
            var name = new X500Name("CN=parley");
            Instant now = Instant.now();
            var builder = new BcX509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random).add(BigInteger.ONE),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(VALID)),
                    name,
                    pair.getPublic());
            var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            var digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
            var signer = new BcECContentSignerBuilder(algorithm, digest).build(pair.getPrivate());
            return new DtlsIdentity(builder.build(signer).getEncoded(), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /** SHA-256 of the certificate. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    Certificate chain(BcTlsCrypto crypto) throws IOException {
        return new Certificate(new TlsCertificate[] {crypto.createCertificate(certificate)});
    }

    /** Hash of a certificate's DER as SDP writes it; null for an algorithm that is unknown or too weak (RFC 8122 section 5). */
    static String hash(String algorithm, byte[] der) {
        String jdkName =
                switch (algorithm) {
                    case "sha-256" -> "SHA-256";
                    case "sha-384" -> "SHA-384";
                    case "sha-512" -> "SHA-512";
                    default -> null;
                };
        if (jdkName == null) {
            return null;
        }
        try {
            byte[] hash = MessageDigest.getInstance(jdkName).digest(der);
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + jdkName, e);
        }
    }
}
