package dev.parley.recorder.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.ManifestSigner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Manifests as JSON Web Signatures (RFC 7515, flattened; RFC 8037 for Ed25519). The key comes from the master key, so that all copies have the
 * same one; its public half is in the protected header, and whoever wants to know whose it is compares the {@code kid} with the service's.
 */
@ApplicationScoped
public class SignedManifests implements ManifestSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final Base64.Decoder URL_BASE64 = Base64.getUrlDecoder();

    private final Optional<Ed25519PrivateKeyParameters> key;
    private final List<PublicKey> keys = new ArrayList<>();
    private final ObjectMapper json;

    @Inject
    SignedManifests(Settings settings, ObjectMapper json) {
        this(
                settings.masterKey().map(MasterKey::of),
                settings.oldMasterKeys().orElse(List.of()).stream()
                        .map(MasterKey::of)
                        .toList(),
                json);
    }

    /** @param master signs; empty = nothing is signed. @param old their public keys are still given */
    public SignedManifests(Optional<MasterKey> master, List<MasterKey> old, ObjectMapper json) {
        this.json = json;
        this.key = master.map(SignedManifests::keyOf);
        key.ifPresent(own -> keys.add(publicKey(own)));
        for (MasterKey former : old) keys.add(publicKey(keyOf(former)));
    }

    @Override
    public Optional<byte[]> sign(Manifest manifest) {
        return key.map(own -> signed(own, manifest));
    }

    @Override
    public Optional<Opened> opened(byte[] file) {
        try {
            var parts = json.readTree(file);
            String head = parts.path("protected").asText();
            String payload = parts.path("payload").asText();
            byte[] input = (head + "." + payload).getBytes(StandardCharsets.US_ASCII);
            byte[] signature = URL_BASE64.decode(parts.path("signature").asText());
            for (PublicKey each : keys) {
                var check = new Ed25519Signer();
                check.init(false, new Ed25519PublicKeyParameters(URL_BASE64.decode(each.x())));
                check.update(input, 0, input.length);
                if (check.verifySignature(signature))
                    return Optional.of(
                            new Opened(json.readValue(URL_BASE64.decode(payload), Manifest.class), each.kid()));
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // damaged beyond reading
        }
    }

    @Override
    public List<PublicKey> keys() {
        return List.copyOf(keys);
    }

    private byte[] signed(Ed25519PrivateKeyParameters own, Manifest manifest) {
        PublicKey key = keys.getFirst();
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", key.alg());
        header.put("kid", key.kid());
        header.put("jwk", required(key.crv(), key.kty(), key.x()));
        try {
            String head = BASE64.encodeToString(json.writeValueAsBytes(header));
            String payload = BASE64.encodeToString(json.writeValueAsBytes(manifest));
            byte[] input = (head + "." + payload).getBytes(StandardCharsets.US_ASCII);
            var signer = new Ed25519Signer();
            signer.init(true, own);
            signer.update(input, 0, input.length);
            var file = new LinkedHashMap<String, String>();
            file.put("payload", payload);
            file.put("protected", head);
            file.put("signature", BASE64.encodeToString(signer.generateSignature()));
            return json.writeValueAsBytes(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest must be writable", e);
        }
    }

    private static Ed25519PrivateKeyParameters keyOf(MasterKey master) {
        return new Ed25519PrivateKeyParameters(
                master.derived("parley manifest v1", Ed25519PrivateKeyParameters.KEY_SIZE));
    }

    private static PublicKey publicKey(Ed25519PrivateKeyParameters own) {
        String x = BASE64.encodeToString(own.generatePublicKey().getEncoded());
        String thumbprint =
                "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}"; // RFC 7638 section 3: these, in this order
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(thumbprint.getBytes(StandardCharsets.US_ASCII));
            return new PublicKey("OKP", "Ed25519", x, BASE64.encodeToString(hash), "EdDSA", "sig");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Map<String, String> required(String crv, String kty, String x) {
        var jwk = new LinkedHashMap<String, String>();
        jwk.put("crv", crv);
        jwk.put("kty", kty);
        jwk.put("x", x);
        return jwk;
    }
}
