package dev.parley.recorder.client;

import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.store.S3;
import io.minio.BucketExistsArgs;
import io.minio.DownloadObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The object store over S3. Blocking; thread safe. All that goes wrong is an IOException: the caller tries again or says so. */
@ApplicationScoped
@Typed(S3ObjectStore.class)
public class S3ObjectStore implements ObjectStore {
    private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);

    private final boolean used;
    private final MinioClient s3;
    private final String bucket;
    private volatile boolean bucketThere;

    S3ObjectStore(Settings settings) {
        s3 = S3.client(
                settings.s3().url(),
                settings.s3().region(),
                settings.s3().accessKey(),
                settings.s3().secretKey());
        s3.setTimeout(5_000, 60_000, 60_000);
        bucket = settings.s3().bucket();
        used = settings.folder().isEmpty();
    }

    /** The first call is the slowest; a takeover must not pay for it. */
    void prepare(@Observes StartupEvent event) {
        if (!used) return;
        Thread.ofVirtual().name("first-list").start(() -> {
            try {
                list("recordings/none/");
            } catch (IOException e) {
                LOG.infof("the object store does not answer yet: %s", e.getMessage());
            }
        });
    }

    /** Asks the store whether all of it arrived. */
    @Override
    public void put(String key, Path file, String contentType) throws IOException {
        long bytes = Files.size(file);
        long there = call(() -> {
            needBucket();
            s3.uploadObject(UploadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .filename(file.toString())
                    .contentType(contentType)
                    .build());
            return s3.statObject(
                            StatObjectArgs.builder().bucket(bucket).object(key).build())
                    .size();
        });
        if (there != bytes) throw new IOException(key + " has " + there + " bytes in the store instead of " + bytes);
    }

    /** None when there is no bucket. */
    @Override
    public List<String> list(String prefix) throws IOException {
        return call(() -> {
            needBucket();
            var keys = new ArrayList<String>();
            var args = ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .recursive(true)
                    .build();
            for (Result<Item> item : s3.listObjects(args)) keys.add(item.get().objectName());
            keys.sort(null);
            return keys;
        });
    }

    @Override
    public void fetch(String key, Path file) throws IOException {
        call(() -> {
            s3.downloadObject(DownloadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .filename(file.toString())
                    .overwrite(true)
                    .build());
            return null;
        });
    }

    /** The caller closes it. */
    @Override
    public InputStream open(String key) throws IOException {
        return call(() ->
                s3.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build()));
    }

    @Override
    public long size(String key) throws IOException {
        return call(() -> s3.statObject(
                        StatObjectArgs.builder().bucket(bucket).object(key).build())
                .size());
    }

    @Override
    public void delete(String recordId, List<String> paths) throws IOException {
        var keys = new ArrayList<>(paths);
        keys.addAll(list("recordings/" + recordId + "/"));
        for (String key : keys) {
            call(() -> {
                s3.removeObject(
                        RemoveObjectArgs.builder().bucket(bucket).object(key).build());
                return null;
            });
        }
    }

    /** An address from which anyone may fetch it for an hour. Asks nothing of the store. */
    @Override
    public String url(String key) throws IOException {
        return call(() -> s3.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(bucket)
                .object(key)
                .expiry(1, TimeUnit.HOURS)
                .build()));
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    private void needBucket() throws MinioException {
        if (bucketThere) return;
        if (!s3.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            s3.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        }
        bucketThere = true;
    }

    private interface Call<T> {
        T run() throws IOException, MinioException;
    }

    private static <T> T call(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (MinioException e) {
            throw new IOException("object store: " + e.getMessage(), e);
        }
    }
}
