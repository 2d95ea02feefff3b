package dev.parley.signaling.client;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.port.FileStore;
import dev.parley.store.S3;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.Signer;
import io.minio.StatObjectArgs;
import io.minio.Utils;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jboss.logging.Logger;

/** Sent files over S3. Thread safe. The bucket is there: whoever runs the store, or the recorder, makes it. */
@ApplicationScoped
public class S3FileStore implements FileStore {
    private static final Logger LOG = Logger.getLogger(S3FileStore.class);
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final long TIMEOUT_MS = 5_000;

    private final MinioClient s3;
    /** Makes addresses at the host by which clients reach the store: the host is part of what is signed. */
    private final MinioClient signer;

    private final Settings.S3 keys;
    private final String bucket;

    S3FileStore(Settings settings) {
        var s = settings.s3();
        s3 = S3.client(s.url(), s.region(), s.accessKey(), s.secretKey());
        s3.setTimeout(TIMEOUT_MS, TIMEOUT_MS, TIMEOUT_MS);
        signer = S3.signer(s.publicUrl(), s.region(), s.accessKey(), s.secretKey());
        keys = s;
        bucket = s.bucket();
    }

    /**
     * Signs the length too (AWS Signature Version 4, "Authenticating requests: using query parameters"): the store refuses any other. The
     * client knows where an object is, but leaves the length out of what it signs, so that is done again.
     */
    @Override
    public String uploadUrl(String key, long bytes, Duration validity) {
        int seconds = (int) validity.toSeconds();
        return call(() -> {
            HttpUrl address = HttpUrl.get(signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                            .method(Http.Method.PUT)
                            .bucket(bucket)
                            .object(key)
                            .expiry(seconds, TimeUnit.SECONDS)
                            .build()))
                    .newBuilder()
                    .query(null)
                    .build();
            var request = new Request.Builder()
                    .url(address)
                    .put(RequestBody.EMPTY)
                    .header("Host", Utils.getHostHeader(address))
                    .header("Content-Length", Long.toString(bytes))
                    .header("X-Amz-Date", AMZ_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)))
                    .build();
            return Signer.presignV4(request, keys.region(), keys.accessKey(), keys.secretKey(), seconds)
                    .toString();
        });
    }

    @Override
    public String downloadUrl(String key, String name, Duration validity) {
        return call(() -> signer.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(bucket)
                .object(key)
                .expiry((int) validity.toSeconds(), TimeUnit.SECONDS)
                .extraQueryParams(Map.of(
                        "response-content-disposition",
                        attachment(name),
                        "response-content-type",
                        "application/octet-stream"))
                .build()));
    }

    /** RFC 6266: the name in UTF-8 (RFC 8187), and in ASCII for who does not know that. @param name without quotes and control characters */
    static String attachment(String name) {
        String ascii = name.replaceAll("[^ -~]", "_");
        String utf8 = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + utf8;
    }

    @Override
    public OptionalLong bytes(String key) {
        return call(() -> {
            try {
                return OptionalLong.of(s3.statObject(StatObjectArgs.builder()
                                .bucket(bucket)
                                .object(key)
                                .build())
                        .size());
            } catch (ErrorResponseException e) {
                if (e.errorResponse().code().startsWith("NoSuch")) return OptionalLong.empty();
                throw e;
            }
        });
    }

    @Override
    public List<String> folders(String folder) {
        return call(() -> {
            var folders = new ArrayList<String>();
            for (Item item : list(folder, false)) if (item.isDir()) folders.add(item.objectName());
            return folders;
        });
    }

    @Override
    public void delete(String folder) {
        call(() -> {
            for (Item item : list(folder, true)) {
                s3.removeObject(RemoveObjectArgs.builder()
                        .bucket(bucket)
                        .object(item.objectName())
                        .build());
            }
            return null;
        });
    }

    private List<Item> list(String folder, boolean recursive) throws MinioException {
        var items = new ArrayList<Item>();
        for (Result<Item> item : s3.listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(folder)
                .recursive(recursive)
                .build())) items.add(item.get());
        return items;
    }

    private interface Call<T> {
        T run() throws MinioException;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (MinioException e) {
            LOG.warnf("the object store refused or does not answer: %s", e.toString());
            throw new RefusedException(ErrorCode.UNAVAILABLE, "The object store does not answer.");
        }
    }
}
