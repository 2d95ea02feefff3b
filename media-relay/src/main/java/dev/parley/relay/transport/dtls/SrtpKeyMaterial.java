package dev.parley.relay.transport.dtls;

import dev.parley.relay.transport.srtp.CipherProvider;
import dev.parley.relay.transport.srtp.SrtpCipher;
import dev.parley.relay.transport.srtp.SrtpProfile;
import java.util.Arrays;

/** What a DTLS-SRTP handshake agreed on (RFC 5764 section 4.2). @param exported client key, server key, client salt, server salt */
public record SrtpKeyMaterial(SrtpProfile profile, byte[] exported) {
    /** For what the DTLS client sends, by the best provider that is there. */
    public SrtpCipher clientCipher() {
        return clientCipher(CipherProvider.best());
    }

    /** For what the DTLS server sends, by the best provider that is there. */
    public SrtpCipher serverCipher() {
        return serverCipher(CipherProvider.best());
    }

    /** For what the DTLS client sends. */
    public SrtpCipher clientCipher(CipherProvider provider) {
        return cipher(provider, 0);
    }

    /** For what the DTLS server sends. */
    public SrtpCipher serverCipher(CipherProvider provider) {
        return cipher(provider, 1);
    }

    private SrtpCipher cipher(CipherProvider provider, int side) {
        int key = profile.masterKeyBytes;
        int salt = profile.masterSaltBytes;
        return profile.cipher(
                provider,
                Arrays.copyOfRange(exported, side * key, (side + 1) * key),
                Arrays.copyOfRange(exported, 2 * key + side * salt, 2 * key + (side + 1) * salt));
    }
}
