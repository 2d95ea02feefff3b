package dev.parley.recorder.domain;

import java.util.List;
import java.util.Optional;

/** Signs manifests with the service's key. Thread safe. */
public interface ManifestSigner {
    /**
     * A public key as a JSON Web Key (RFC 7517, RFC 8037); names verbatim.
     *
     * @param kid its thumbprint (RFC 7638)
     */
    record PublicKey(String kty, String crv, String x, String kid, String alg, String use) {}

    /** The file to store; empty when there is no master key to sign with. The same manifest gives the same bytes. */
    Optional<byte[]> sign(Manifest manifest);

    /** A manifest whose signature holds. @param keyId of the key that signed it */
    record Opened(Manifest manifest, String keyId) {}

    /** Empty: it is not signed by one of {@link #keys}, or was changed after it was. @param file as {@link #sign} made it */
    Optional<Opened> opened(byte[] file);

    /** What signs now comes first, then those of former master keys. */
    List<PublicKey> keys();
}
