package dev.parley.account.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.account.crypto.Hmacs;
import dev.parley.account.domain.Credential;
import dev.parley.account.domain.DynamicKey.Hash;
import dev.parley.account.domain.ThirdParty;
import dev.parley.contracts.net.Addresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Calls a business's own server: signed as recording callbacks are (docs/recording.md), no redirect, no private address, the whole answer
 * within 5 s and 64 KiB. Blocking; thread safe.
 */
@ApplicationScoped
public class HttpThirdParty implements ThirdParty {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final int TEXT_CHARS_MAX = 200;

    private final Addresses addresses;
    private final byte[] master;
    private final ObjectMapper json;
    private final HttpClient http;

    HttpThirdParty(
            @ConfigProperty(name = "parley.account.private-targets") Optional<List<String>> privateTargets,
            @ConfigProperty(name = "parley.account.master-key") String masterKey,
            ObjectMapper json) {
        this.addresses = new Addresses(privateTargets.orElse(List.of()));
        this.master = Base64.getDecoder().decode(masterKey.strip());
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Word vouch(Credential credential, String secret, String account, String authCode) {
        try {
            String body = json.createObjectNode()
                    .put("appId", credential.appId())
                    .put("account", account)
                    .put("authCode", authCode)
                    .toString();
            HttpResponse<byte[]> answer = post(credential.authUrl(), secret, body);
            if (answer.statusCode() == 401 || answer.statusCode() == 403)
                return new Word.No("HTTP " + answer.statusCode());
            if (answer.statusCode() / 100 != 2) return new Word.Away("HTTP " + answer.statusCode());
            JsonNode said = json.readTree(answer.body());
            if (said == null || !said.path("code").isInt()) return new Word.Away("the answer has no code");
            if (said.path("code").intValue() != 0) return new Word.No("code " + said.path("code"));
            return new Word.Yes(
                    text(said, "userName", 64),
                    text(said, "avatar", 2048),
                    text(said, "job", 64),
                    text(said, "email", 254));
        } catch (IOException e) {
            return new Word.Away(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Delivery post(String url, String bizName, String bizRequestId, String body) {
        long began = System.nanoTime();
        try {
            HttpResponse<byte[]> answer = post(url, Hmacs.callbackKey(master, bizName), body);
            long millis = (System.nanoTime() - began) / 1_000_000;
            String why = acknowledged(answer, bizRequestId);
            return new Delivery(why.isEmpty(), answer.statusCode(), millis, why.isEmpty() ? "acknowledged" : why);
        } catch (IOException e) {
            return new Delivery(
                    false, 0, (System.nanoTime() - began) / 1_000_000, printable(String.valueOf(e.getMessage())));
        }
    }

    private String acknowledged(HttpResponse<byte[]> answer, String bizRequestId) throws IOException {
        if (answer.statusCode() / 100 != 2) return "HTTP status " + answer.statusCode();
        JsonNode said = json.readTree(answer.body());
        if (said == null || !bizRequestId.equals(said.path("bizRequestId").asText(null))) {
            return "the answer does not repeat bizRequestId";
        }
        return said.path("code").isInt() && said.path("code").intValue() == 0 ? "" : "the answer's code is not 0";
    }

    private HttpResponse<byte[]> post(String url, String key, String body) throws IOException {
        URI target = uri(url);
        addresses.check(target);
        long nowMs = System.currentTimeMillis();
        var request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Parley-Timestamp", Long.toString(nowMs))
                .header("X-Parley-Signature", "v1=" + Hmacs.hmac(Hash.SHA256, key, nowMs + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var limited = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
        var coming = http.sendAsync(request, limited);
        try { // the whole answer within the time, not only its head
            return coming.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            coming.cancel(true);
        }
    }

    private static URI uri(String url) throws IOException {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL", e);
        }
    }

    private static String text(JsonNode said, String field, int charsMax) {
        String text = said.path(field).asText("").replaceAll("\\p{C}", "");
        return text.substring(0, Math.min(charsMax, text.length()));
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.substring(0, Math.min(TEXT_CHARS_MAX, clean.length()));
    }
}
