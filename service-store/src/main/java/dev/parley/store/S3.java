package dev.parley.store;

import io.minio.MinioClient;
import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** How a service that keeps files reaches the object store. Such a service has the MinIO client among its own dependencies. */
public final class S3 {
    /** What the MinIO client takes by itself. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private S3() {}

    /** @param url of the S3 interface, {@code http} or {@code https}, without a bucket */
    public static MinioClient client(String url, String region, String accessKey, String secretKey) {
        var builder = MinioClient.builder().endpoint(url).region(region).credentials(accessKey, secretKey);
        // By itself it reads the machine's certificates (SSL_CERT_FILE, SSL_CERT_DIR) even for plain HTTP: two seconds
        // of a start.
        if (url.startsWith("http://")) builder.httpClient(withoutTls());
        return builder.build();
    }

    /** One that makes signed addresses and never asks the store anything. @param url by which those who get the addresses reach the store */
    public static MinioClient signer(String url, String region, String accessKey, String secretKey) {
        return MinioClient.builder()
                .endpoint(url)
                .region(region)
                .credentials(accessKey, secretKey)
                .httpClient(withoutTls())
                .build();
    }

    private static OkHttpClient withoutTls() {
        return new OkHttpClient.Builder()
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .build();
    }
}
