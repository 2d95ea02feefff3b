package dev.parley.account.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.account.domain.OwnToken;
import dev.parley.account.domain.Peers;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** {@link Peers} over HTTP, with a service token that this service makes for itself. */
@ApplicationScoped
public class HttpPeers implements Peers {
    private static final Logger LOG = Logger.getLogger(HttpPeers.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** Verifying reads whole films. */
    private static final Duration RECORDER = Duration.ofMinutes(2);
    /** A film may be large; only its beginning has to come soon. */
    private static final Duration FILE = Duration.ofSeconds(30);

    private final Map<Peer, String> bases;
    private final OwnToken token;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpPeers(
            @ConfigProperty(name = "parley.account.signaling-url") String signaling,
            @ConfigProperty(name = "parley.account.master-url") String master,
            @ConfigProperty(name = "parley.account.recorder-url") String recorder,
            OwnToken token,
            ObjectMapper json) {
        this.bases = Map.of(Peer.SIGNALING, signaling, Peer.MASTER, master, Peer.RECORDER, recorder);
        this.token = token;
        this.json = json;
    }

    @Override
    public <T> T ask(Peer peer, String method, String path, Object body, Class<T> answer) {
        return answer(bases.get(peer) + path, method, body, peer == Peer.RECORDER ? RECORDER : ANSWER, answer);
    }

    @Override
    public <T> T askNode(String base, String path, Class<T> answer) {
        return answer(base + path, "GET", null, ANSWER, answer);
    }

    @Override
    public Download fetch(String url, String range) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(FILE);
        if (range != null) request.header("Range", range);
        HttpResponse<InputStream> got = send(request.build(), BodyHandlers.ofInputStream());
        if (got.statusCode() / 100 == 2 || got.statusCode() == 416)
            return new Download(got.statusCode(), got.headers().map(), got.body());
        close(got.body());
        throw new RefusedException(
                got.statusCode() == 404 ? ErrorCode.NOT_FOUND : ErrorCode.UNAVAILABLE,
                "The object store answered " + got.statusCode() + ".");
    }

    private <T> T answer(String url, String method, Object body, Duration limit, Class<T> type) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(limit)
                    .header("Accept", "application/json")
                    .header("Authorization", "Bearer " + token.get());
            if (body == null) request.method(method, HttpRequest.BodyPublishers.noBody());
            else
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
            HttpResponse<byte[]> got = send(request.build(), BodyHandlers.ofByteArray());
            if (got.statusCode() / 100 != 2) throw refusal(url, got);
            return got.body().length == 0 || type == Void.class ? null : json.readValue(got.body(), type);
        } catch (IOException e) {
            throw away(url, e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw away(request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(request.uri().getPath(), e);
        }
    }

    /** What the other one refuses is refused here with the same code; that it does not believe our token is nobody's fault but ours. */
    private RefusedException refusal(String url, HttpResponse<byte[]> got) {
        try {
            var problem = json.readValue(got.body(), Problem.class);
            for (var code : ErrorCode.values()) {
                boolean ours = code == ErrorCode.TOKEN_INVALID || code == ErrorCode.NOT_ALLOWED;
                if (!code.name().equals(problem.error()) || ours) continue;
                String detail = problem.message().replace(code.advice, "").strip();
                return new RefusedException(code, detail.isEmpty() ? null : detail);
            }
        } catch (IOException e) {
            LOG.debugf(e, "no problem in the answer of %s", url);
        }
        return away(url, new IOException("HTTP " + got.statusCode()));
    }

    private static RefusedException away(String url, Exception why) {
        LOG.warnf("%s does not answer as it should: %s", url, why);
        return new RefusedException(ErrorCode.UNAVAILABLE);
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.debug("already closed", e);
        }
    }
}
