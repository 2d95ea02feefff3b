package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up --lan} prints and serves, without a suite. */
class LanTest {
    @TempDir
    static Path classes;

    private static Launcher launcher;

    @TempDir
    Path home;

    @BeforeAll
    static void compileTheLauncher() throws IOException {
        launcher = new Launcher(classes);
    }

    @AfterAll
    static void close() throws IOException {
        launcher.close();
    }

    @Test
    void theQrCodeOfEveryLengthIsReadWithoutACorrection() throws Exception {
        String address = "https://192.168.100.200:7109/?room=0123456789abcdefghi";
        for (int length = 1; length <= 53; length++) {
            String text = address.substring(0, length);
            var read = new Decoder().decode(qrCode(text));
            assertEquals(text, read.getText());
            assertEquals(0, read.getErrorsCorrected(), text);
        }
        var refused = assertThrows(InvocationTargetException.class, () -> qrCode("x".repeat(54)));
        assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
    }

    @Test
    void theServersCertificateNamesTheAddressAndIsSignedByTheAuthorityAlone() throws Exception {
        X509Certificate authority = certificateFor("192.0.2.77");
        var server = serverCertificate();
        server.verify(authority.getPublicKey());
        assertThrows(SignatureException.class, () -> server.verify(server.getPublicKey()));
        Set<Object> names = server.getSubjectAlternativeNames().stream()
                .map(name -> name.get(1))
                .collect(Collectors.toSet());
        assertEquals(Set.of("192.0.2.77", "127.0.0.1", "localhost"), names);
        assertEquals(0, authority.getBasicConstraints(), "an authority that signs servers only");
        assertEquals(-1, server.getBasicConstraints(), "the server's certificate may sign nothing");
        assertFalse(store().containsAlias("authority"), "the authority's key is with the server");
    }

    @Test
    void anotherAddressGetsAnotherCertificateOfTheSameAuthority() throws Exception {
        var authority = certificateFor("192.0.2.77");
        var first = serverCertificate();
        certificateFor("192.0.2.77");
        assertArrayEquals(first.getEncoded(), serverCertificate().getEncoded(), "made anew without need");
        assertArrayEquals(authority.getEncoded(), certificateFor("192.0.2.78").getEncoded());
        assertTrue(serverCertificate().getSubjectX500Principal().getName().contains("192.0.2.78"));
    }

    private static BitMatrix qrCode(String text) throws ReflectiveOperationException {
        return matrix((boolean[][]) launcher.call(launcher.callStatic("QrCode", "of", text), "dark"));
    }

    private static BitMatrix matrix(boolean[][] dark) {
        var matrix = new BitMatrix(dark.length);
        for (int row = 0; row < dark.length; row++) {
            for (int column = 0; column < dark.length; column++) if (dark[row][column]) matrix.set(column, row);
        }
        return matrix;
    }

    /** Returns the authority's certificate, as phones fetch it. */
    private X509Certificate certificateFor(String address) throws Exception {
        var authority = launcher.make("LocalAuthority", launcher.layout(Launcher.ROOT, home));
        launcher.call(authority, "certificateFor", address);
        try (InputStream in = Files.newInputStream(home.resolve("lan/public/parley-authority.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private X509Certificate serverCertificate() throws Exception {
        return (X509Certificate) store().getCertificate("server");
    }

    private KeyStore store() throws Exception {
        char[] password =
                Files.readString(home.resolve("secrets/lan-password")).strip().toCharArray();
        return KeyStore.getInstance(home.resolve("lan/server.p12").toFile(), password);
    }
}
