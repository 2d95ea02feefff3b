package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate authority of this clone, in {@code .parley/lan}, made by the JDK's {@code keytool}. Whoever installs its certificate
 * trusts this folder: it is readable by its owner only. The authority lasts ten years; the server's certificate, one year, is made anew when the
 * address changes or its end is near.
 */
final class LocalAuthority {
    static final String CERTIFICATE = "parley-authority.crt";

    /** iOS refuses more than 825. */
    private static final int SERVER_DAYS = 365;

    private static final int AUTHORITY_DAYS = 3650;
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

    private final Path folder;
    private final Path publicFolder;
    private final Path keys;
    private final Path server;
    private final Secrets secrets;

    LocalAuthority(Layout layout) {
        folder = layout.lan();
        publicFolder = publicFolder(layout);
        keys = folder.resolve("authority.p12");
        server = folder.resolve("server.p12");
        secrets = new Secrets(layout);
    }

    static Path publicFolder(Layout layout) {
        return layout.lan().resolve("public");
    }

    /** The address of the last start with {@code --lan}. */
    static String address(Layout layout) {
        return read(layout.lan().resolve("address"));
    }

    /** SHA-256 of the authority's certificate, as phones show it. */
    static String fingerprint(Layout layout) {
        try {
            byte[] encoded = certificate(publicFolder(layout).resolve(CERTIFICATE)).getEncoded();
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes what is missing or out of date. */
    Lan certificateFor(String address) {
        try {
            Files.createDirectories(publicFolder);
            secrets.lanPassword();
            boolean newAuthority = !Files.exists(keys) || !Files.exists(publicFolder.resolve(CERTIFICATE));
            if (newAuthority) makeAuthority();
            Path addressFile = folder.resolve("address");
            Path certificate = folder.resolve("server.crt");
            boolean good = !newAuthority
                    && Files.exists(server)
                    && Files.exists(certificate)
                    && Files.exists(addressFile)
                    && read(addressFile).equals(address)
                    && certificate(certificate).getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE_END));
            if (!good) {
                makeServer(address, certificate);
                Files.writeString(addressFile, address + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Lan(address, server, secrets.lanPassword());
    }

    private void makeAuthority() throws IOException {
        Files.deleteIfExists(keys);
        keytool(keys, "-genkeypair", "-alias", "authority", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=Parley local authority", "-validity", Integer.toString(AUTHORITY_DAYS),
                "-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign");
        export(keys, "authority", publicFolder.resolve(CERTIFICATE));
    }

    private void makeServer(String address, Path certificate) throws IOException {
        Files.deleteIfExists(server);
        keytool(keys, "-delete", "-alias", "server", "-noprompt", "-v"); // of an earlier start; says so when there is none
        keytool(keys, "-genkeypair", "-alias", "server", "-signer", "authority", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=" + address, "-validity", Integer.toString(SERVER_DAYS),
                "-ext", "san=ip:" + address + ",ip:127.0.0.1,dns:localhost",
                "-ext", "eku=serverAuth", "-ext", "ku:critical=digitalSignature");
        export(keys, "server", certificate);
        // The server's store does not hold the authority's key.
        keytool(server, "-importkeystore", "-srckeystore", keys.toString(), "-srcalias", "server",
                "-srcstorepass:file", secrets.lanPasswordFile().toString(), "-noprompt");
    }

    private void export(Path store, String alias, Path to) throws IOException {
        Files.deleteIfExists(to);
        keytool(store, "-exportcert", "-rfc", "-alias", alias, "-file", to.toString());
    }

    /** The password goes in by a file: a command line can be read by others. */
    private void keytool(Path store, String... arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // What it does in a second is not worth compiling well.
        line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        line.addAll(List.of(arguments));
        boolean imports = line.contains("-importkeystore");
        line.addAll(List.of(imports ? "-destkeystore" : "-keystore", store.toString()));
        line.addAll(List.of(imports ? "-deststorepass:file" : "-storepass:file", secrets.lanPasswordFile().toString()));
        line.addAll(List.of(imports ? "-deststoretype" : "-storetype", "PKCS12"));
        var answer = Shell.ask(line.toArray(String[]::new));
        if (!answer.ok() && !line.contains("-delete")) throw new Fault("keytool: " + answer.text());
    }

    private static X509Certificate certificate(Path file) {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new Fault(file + " is no certificate; delete " + file.getParent() + " and start again");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
