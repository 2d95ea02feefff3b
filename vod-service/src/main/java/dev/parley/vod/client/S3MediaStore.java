package dev.parley.vod.client;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.store.S3;
import dev.parley.vod.VodConfig;
import dev.parley.vod.domain.MediaFile;
import dev.parley.vod.domain.MediaKey;
import dev.parley.vod.domain.MediaStore;
import io.minio.BucketExistsArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The object store over S3. Blocking; thread safe. */
@ApplicationScoped
public class S3MediaStore implements MediaStore {
    private static final Logger LOG = Logger.getLogger(S3MediaStore.class);
    private static final int FILES_MAX = 1_000;
    private static final int URL_DAYS = 7;
    /** Of a multipart upload whose size is not known before; S3's least is 5 MiB. */
    private static final long PART_BYTES = 10L << 20;

    private final MinioClient s3;
    private final String bucket;
    private volatile boolean bucketThere;

    S3MediaStore(VodConfig config) {
        s3 = S3.client(
                config.s3().url(),
                config.s3().region(),
                config.s3().accessKey(),
                config.s3().secretKey());
        bucket = config.s3().bucket();
    }

    @Override
    public Optional<MediaFile> find(String key) {
        return call(() -> {
            try {
                var stat = s3.statObject(
                        StatObjectArgs.builder().bucket(bucket).object(key).build());
                return Optional.of(new MediaFile(
                        key, stat.size(), stat.lastModified().toInstant().toEpochMilli()));
            } catch (ErrorResponseException e) {
                if (e.errorResponse().code().startsWith("NoSuch")) return Optional.empty();
                throw e;
            }
        });
    }

    @Override
    public List<MediaFile> list() {
        return call(() -> {
            makeBucket();
            var files = new ArrayList<MediaFile>();
            for (Result<Item> result : s3.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(MediaKey.PREFIX)
                    .recursive(true)
                    .build())) {
                Item item = result.get();
                if (item.isDir()) continue;
                files.add(new MediaFile(
                        item.objectName(),
                        item.size(),
                        item.lastModified().toInstant().toEpochMilli()));
                if (files.size() == FILES_MAX) break;
            }
            return List.copyOf(files);
        });
    }

    @Override
    public MediaFile put(String key, InputStream content, long sizeBytes, long limitBytes) {
        if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
        var limited = new LimitedInput(content, limitBytes, () -> tooLarge(limitBytes));
        return call(() -> {
            makeBucket();
            s3.putObject(PutObjectArgs.builder().bucket(bucket).object(key).stream(limited, sizeBytes, PART_BYTES)
                    .contentType("application/octet-stream")
                    .build());
            return find(key).orElseThrow();
        });
    }

    @Override
    public MediaFile put(String key, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            long bytes = Files.size(file);
            return put(key, content, bytes, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI readUrl(String key) {
        return call(() -> URI.create(s3.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(bucket)
                .object(key)
                .expiry(URL_DAYS, TimeUnit.DAYS)
                .build())));
    }

    private void makeBucket() throws MinioException {
        if (bucketThere) return;
        if (!s3.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            try {
                s3.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            } catch (ErrorResponseException e) {
                if (!e.errorResponse().code().startsWith("BucketAlready")) throw e; // another service was faster
            }
        }
        bucketThere = true;
    }

    private static RefusedException tooLarge(long limitBytes) {
        return new RefusedException(ErrorCode.TOO_LARGE, "A media file may have " + limitBytes + " bytes.");
    }

    private interface Call<T> {
        T run() throws MinioException;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (MinioException e) {
            if (e.getCause() instanceof LimitedInput.LimitException limit) throw limit.refusal;
            LOG.error("the object store refused", e);
            throw new RefusedException(ErrorCode.UNAVAILABLE, "The object store does not answer.");
        }
    }
}
