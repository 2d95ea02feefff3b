package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A fingerprint of files: their paths and their contents, not their times, which a checkout changes. */
final class Sources {
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".parley", ".git");

    private Sources() {}

    /** SHA-256 in hex over all files below the given paths, tests left out: what goes into a package. */
    static String fingerprint(Path root, List<String> paths) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String path : paths) {
                for (Path file : files(root.resolve(path))) {
                    digest.update(root.relativize(file).toString().getBytes());
                    digest.update((byte) 0);
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) return List.of();
        if (Files.isRegularFile(path)) return List.of(path);
        try (Stream<Path> below = Files.list(path)) {
            var found = new java.util.ArrayList<Path>();
            for (Path entry : below.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (NOT_SOURCES.contains(name) || entry.endsWith("src/test")) continue;
                found.addAll(files(entry));
            }
            return found;
        }
    }
}
