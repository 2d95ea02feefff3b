package dev.parley.relay.transport.srtp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3's libcrypto that SRTP needs, as method handles (manual pages EVP_EncryptInit and EVP_MAC, section 3). Pointers
 * are longs: no segment object per packet. Those called per packet are {@link Linker.Option#critical critical}: they neither block nor call
 * back, and take well under 10 microseconds for the longest packet.
 */
final class OpenSsl {
    /** EVP_CTRL_AEAD_GET_TAG and EVP_CTRL_AEAD_SET_TAG of openssl/evp.h. */
    static final int GET_TAG = 0x10, SET_TAG = 0x11;

    /** "" when everything below is there, else why not: then nothing of it may be used. */
    static final String UNAVAILABLE;

    /** int EVP_EncryptInit_ex(ctx, type, engine, key, iv) and its pair for decryption. */
    static final MethodHandle ENCRYPT_INIT, DECRYPT_INIT;
    /** int EVP_EncryptUpdate(ctx, out, int *outl, in, int inl) and its pair. */
    static final MethodHandle ENCRYPT_UPDATE, DECRYPT_UPDATE;
    /** int EVP_EncryptFinal_ex(ctx, out, int *outl) and its pair. */
    static final MethodHandle ENCRYPT_FINAL, DECRYPT_FINAL;
    /** int EVP_CIPHER_CTX_ctrl(ctx, int type, int arg, ptr). */
    static final MethodHandle CIPHER_CTRL;
    /** int EVP_MAC_init(ctx, key, size_t keylen, params), EVP_MAC_update(ctx, data, size_t), EVP_MAC_final(ctx, out, size_t *outl, size_t). */
    static final MethodHandle MAC_INIT, MAC_UPDATE, MAC_FINAL;

    private static final MethodHandle CIPHER_NEW, CIPHER_FREE, MAC_NEW, MAC_FREE;
    private static final long AES_128_GCM, AES_256_GCM, AES_128_CTR, HMAC;
    /** OSSL_PARAM array { "digest" = "SHA1", end }. */
    private static final MemorySegment SHA1_PARAMS;

    static {
        var found = new Bindings();
        UNAVAILABLE = found.load();
        ENCRYPT_INIT = found.encryptInit;
        DECRYPT_INIT = found.decryptInit;
        ENCRYPT_UPDATE = found.encryptUpdate;
        DECRYPT_UPDATE = found.decryptUpdate;
        ENCRYPT_FINAL = found.encryptFinal;
        DECRYPT_FINAL = found.decryptFinal;
        CIPHER_CTRL = found.cipherCtrl;
        CIPHER_NEW = found.cipherNew;
        CIPHER_FREE = found.cipherFree;
        MAC_INIT = found.macInit;
        MAC_UPDATE = found.macUpdate;
        MAC_FINAL = found.macFinal;
        MAC_NEW = found.macNew;
        MAC_FREE = found.macFree;
        AES_128_GCM = found.aes128Gcm;
        AES_256_GCM = found.aes256Gcm;
        AES_128_CTR = found.aes128Ctr;
        HMAC = found.hmac;
        SHA1_PARAMS = found.sha1Params;
    }

    private OpenSsl() {}

    /** A cipher context with its key; the caller frees it. */
    static long gcm(byte[] key, boolean encrypt) {
        return cipher(key.length == 32 ? AES_256_GCM : AES_128_GCM, key, encrypt);
    }

    static long counterMode(byte[] key) {
        return cipher(AES_128_CTR, key, true); // both ways are the same XOR
    }

    private static long cipher(long type, byte[] key, boolean encrypt) {
        try (Arena arena = Arena.ofConfined()) {
            long ctx = (long) CIPHER_NEW.invokeExact();
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            MethodHandle init = encrypt ? ENCRYPT_INIT : DECRYPT_INIT;
            int done = (int) init.invokeExact(ctx, type, 0L, copy.address(), 0L);
            copy.fill((byte) 0);
            check(done, "EVP_CipherInit");
            return ctx;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** An HMAC-SHA1 context with its key; the caller frees it. */
    static long hmacSha1(byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            long ctx = (long) MAC_NEW.invokeExact(HMAC);
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            int done = (int) MAC_INIT.invokeExact(ctx, copy.address(), (long) key.length, SHA1_PARAMS.address());
            copy.fill((byte) 0);
            check(done, "EVP_MAC_init");
            return ctx;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static void freeCipher(long ctx) {
        try {
            CIPHER_FREE.invokeExact(ctx);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static void freeMac(long ctx) {
        try {
            MAC_FREE.invokeExact(ctx);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** OpenSSL says 1 for done; anything else cannot be with keys and buffers of the right length. */
    static void check(int done, String what) {
        if (done != 1) {
            throw new IllegalStateException(what + " failed");
        }
    }

    static RuntimeException fault(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException("OpenSSL", e);
    }

    /** What the class initialiser fills the constants from; a missing library or function leaves nulls and a reason. */
    @SuppressWarnings("restricted") // what native access means: the signatures above are right for OpenSSL 3
    private static final class Bindings {
        private final Linker linker = Linker.nativeLinker();
        private SymbolLookup library;
        MethodHandle encryptInit, decryptInit, encryptUpdate, decryptUpdate, encryptFinal, decryptFinal;
        MethodHandle cipherCtrl, cipherNew, cipherFree, macInit, macUpdate, macFinal, macNew, macFree;
        long aes128Gcm, aes256Gcm, aes128Ctr, hmac;
        MemorySegment sha1Params;

        String load() {
            try {
                library = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
                var init = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
                var update = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
                var end = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
                encryptInit = perPacket("EVP_EncryptInit_ex", init);
                decryptInit = perPacket("EVP_DecryptInit_ex", init);
                encryptUpdate = perPacket("EVP_EncryptUpdate", update);
                decryptUpdate = perPacket("EVP_DecryptUpdate", update);
                encryptFinal = perPacket("EVP_EncryptFinal_ex", end);
                decryptFinal = perPacket("EVP_DecryptFinal_ex", end);
                cipherCtrl = perPacket(
                        "EVP_CIPHER_CTX_ctrl",
                        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
                macInit = perPacket(
                        "EVP_MAC_init", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
                macUpdate =
                        perPacket("EVP_MAC_update", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
                macFinal = perPacket(
                        "EVP_MAC_final", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
                cipherNew = rare("EVP_CIPHER_CTX_new", FunctionDescriptor.of(JAVA_LONG));
                cipherFree = rare("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(JAVA_LONG));
                macNew = rare("EVP_MAC_CTX_new", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
                macFree = rare("EVP_MAC_CTX_free", FunctionDescriptor.ofVoid(JAVA_LONG));
                aes128Gcm = type("EVP_aes_128_gcm");
                aes256Gcm = type("EVP_aes_256_gcm");
                aes128Ctr = type("EVP_aes_128_ctr");
                hmac = (long) rare("EVP_MAC_fetch", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG))
                        .invokeExact(0L, Arena.global().allocateFrom("HMAC").address(), 0L);
                sha1Params = sha1Params();
                return hmac == 0 ? "libcrypto has no HMAC" : "";
            } catch (Throwable e) { // whatever it is: then the JDK's ciphers
                return "libcrypto.so.3: " + e.getMessage();
            }
        }

        private MethodHandle perPacket(String name, FunctionDescriptor type) {
            return linker.downcallHandle(library.findOrThrow(name), type, Linker.Option.critical(false));
        }

        private MethodHandle rare(String name, FunctionDescriptor type) {
            return linker.downcallHandle(library.findOrThrow(name), type);
        }

        private long type(String name) throws Throwable {
            return (long) rare(name, FunctionDescriptor.of(JAVA_LONG)).invokeExact();
        }

        /** OSSL_PARAM (openssl/core.h): key, data_type (4 = UTF8 string), data, data_size, return_size; 40 bytes each, the last all zeros. */
        private static MemorySegment sha1Params() {
            Arena forever = Arena.global();
            MemorySegment params = forever.allocate(80, 8);
            params.set(ADDRESS, 0, forever.allocateFrom("digest"));
            params.set(JAVA_INT, 8, 4);
            params.set(ADDRESS, 16, forever.allocateFrom("SHA1"));
            params.set(JAVA_LONG, 24, 4);
            return params;
        }
    }
}
