package dev.parley.recorder.client;

import dev.parley.contracts.net.Addresses;
import dev.parley.recorder.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches the image that a caller wants in a corner of the film, from where the caller says: so not from private addresses. Thread safe. */
@ApplicationScoped
public class WatermarkClient {
    /** What a picture for a corner needs at most. */
    static final int BYTES_MAX = 4 << 20;

    private static final int HOPS_MAX = 3;

    private final HttpClient http;
    private final Duration timeout;
    private final Addresses addresses;

    WatermarkClient(Settings settings) {
        this.timeout = settings.callbackTimeout();
        this.addresses = new Addresses(settings.privateTargets().orElse(List.of()));
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The image; redirects are followed as far as their addresses are allowed, too.
     *
     * @throws IOException in words for the caller: refused, not there, larger than 4 MiB, neither PNG nor JPEG
     */
    public byte[] fetch(String url) throws IOException, InterruptedException {
        URI at = URI.create(url);
        for (int hop = 0; hop <= HOPS_MAX; hop++) {
            if (!"http".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(at.getScheme()))
                throw new IOException(at + " is not http or https");
            addresses.check(at);
            HttpResponse<byte[]> answer = get(at);
            if (answer.statusCode() == 200) return image(answer.body());
            var next = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || next.isEmpty())
                throw new IOException("HTTP status " + answer.statusCode());
            at = at.resolve(next.get());
        }
        throw new IOException("more than " + HOPS_MAX + " redirects");
    }

    private HttpResponse<byte[]> get(URI at) throws IOException, InterruptedException {
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX);
        var coming = http.sendAsync(HttpRequest.newBuilder(at).timeout(timeout).build(), body);
        try {
            return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole image within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    private static byte[] image(byte[] bytes) throws IOException {
        if (extension(bytes) == null) throw new IOException("neither PNG nor JPEG");
        return bytes;
    }

    /** By the first bytes, whatever the server says: {@code .png}, {@code .jpg}, or null. */
    public static String extension(byte[] bytes) {
        if (bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G')
            return ".png";
        boolean jpeg =
                bytes.length > 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8 && bytes[2] == (byte) 0xFF;
        return jpeg ? ".jpg" : null;
    }
}
