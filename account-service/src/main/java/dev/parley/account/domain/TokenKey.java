package dev.parley.account.domain;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/** A key of the token ring, ready to sign and to be shown. P-256. */
public record TokenKey(SigningKey key, ECPublicKey publicKey, PrivateKey privateKey) {
    /** Never the private key, not even by accident. */
    @Override
    public String toString() {
        return key.toString();
    }
}
