package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords and keys, one file each (mode 0600), made at the first start. Nothing in the repository knows any. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** No letters and digits that are mistaken for each other: people type the administrator's password. */
    private static final String READABLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Path folder;

    Secrets(Layout layout) {
        folder = layout.secrets();
    }

    String dbPassword() {
        return kept("db-password", random(24));
    }

    String s3AccessKey() {
        return kept("s3-access-key", random(16));
    }

    String s3SecretKey() {
        return kept("s3-secret-key", random(32));
    }

    String serviceSecret() {
        return kept("service-secret", random(32));
    }

    /** 32 bytes in Base64: what account seals its keys with. */
    String masterKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return kept("master-key", Base64.getEncoder().encodeToString(key));
    }

    String adminPassword() {
        return kept("admin-password", random(16));
    }

    /** Of the key stores of {@code up --lan}. */
    String lanPassword() {
        return kept("lan-password", random(24));
    }

    /** For keytool, which reads it itself. */
    Path lanPasswordFile() {
        return folder.resolve("lan-password");
    }

    /** True the first time it is asked; the answer is remembered on disk. */
    boolean adminPasswordIsNew() {
        Path shown = folder.resolve("admin-password.shown");
        if (Files.exists(shown)) return false;
        write(shown, "");
        return true;
    }

    private String kept(String name, String fresh) {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            write(file, fresh + "\n");
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, owner);
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
        return text.toString();
    }
}
