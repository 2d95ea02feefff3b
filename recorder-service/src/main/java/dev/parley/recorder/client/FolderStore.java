package dev.parley.recorder.client;

import dev.parley.recorder.domain.FilmLinks;
import dev.parley.recorder.domain.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder of this machine, or one that several recorders mount (NAS). A file is there as a whole or not at all. */
public final class FolderStore implements ObjectStore {
    private static final String UNFINISHED = ".unfinished-";

    private final Path root;
    private final FilmLinks links;

    public FolderStore(Path root, FilmLinks links) {
        this.root = root.toAbsolutePath().normalize();
        this.links = links;
    }

    @Override
    public void put(String key, Path file, String contentType) throws IOException {
        Path to = path(key);
        Files.createDirectories(to.getParent());
        Path unfinished = to.resolveSibling(UNFINISHED + UUID.randomUUID());
        try {
            Files.copy(file, unfinished);
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (Files.size(unfinished) != Files.size(file)) throw new IOException(key + " did not arrive as a whole");
            Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path from = path(prefix.substring(0, prefix.lastIndexOf('/') + 1) + ".").normalize();
        if (!Files.isDirectory(from)) return List.of();
        try (Stream<Path> files = Files.walk(from)) {
            var keys = new ArrayList<String>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String key = root.relativize(file).toString();
                if (key.startsWith(prefix) && !file.getFileName().toString().startsWith(UNFINISHED)) keys.add(key);
            }
            keys.sort(null);
            return keys;
        }
    }

    @Override
    public void fetch(String key, Path file) throws IOException {
        Files.copy(path(key), file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(path(key));
    }

    @Override
    public long size(String key) throws IOException {
        return Files.size(path(key));
    }

    @Override
    public void delete(String recordId, List<String> paths) throws IOException {
        var keys = new ArrayList<>(paths);
        keys.addAll(list("recordings/" + recordId + "/"));
        for (String key : keys) {
            Path file = path(key);
            Files.deleteIfExists(file);
            removeEmpty(file.getParent());
        }
    }

    private void removeEmpty(Path folder) throws IOException {
        for (Path empty = folder; !empty.equals(root); empty = empty.getParent()) {
            if (!Files.isDirectory(empty)) continue;
            try (Stream<Path> files = Files.list(empty)) {
                if (files.findAny().isPresent()) return;
            }
            Files.deleteIfExists(empty);
        }
    }

    @Override
    public String url(String key) {
        return links.url(key);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(root);
    }

    /** Nothing above the folder, whatever the key says. */
    private Path path(String key) throws IOException {
        Path file = root.resolve(key).normalize();
        if (!file.startsWith(root)) throw new NoSuchFileException(key);
        return file;
    }
}
