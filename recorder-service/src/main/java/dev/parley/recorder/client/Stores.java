package dev.parley.recorder.client;

import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.FilmLinks;
import dev.parley.recorder.domain.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Chooses the store by {@code parley.recorder.folder}. */
@ApplicationScoped
class Stores {
    @Produces
    @Singleton
    ObjectStore store(Settings settings, S3ObjectStore s3, FilmLinks links) {
        return settings.folder()
                .<ObjectStore>map(folder -> new FolderStore(Path.of(folder), links))
                .orElse(s3);
    }
}
