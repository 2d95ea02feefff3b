package dev.parley.signaling.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** Clients of the service under test, closed afterwards. */
abstract class Clients {
    static final String OFFER =
            "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n";

    @TestHTTPResource("/")
    URI base;

    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(Client::close);
    }

    Client raw() {
        var client = new Client(base);
        clients.add(client);
        return client;
    }

    Client user(String name) {
        return signedIn(Fakes.account.guest("demo", name + "-" + UUID.randomUUID()));
    }

    Client signedIn(String token) {
        var client = Client.connected(base, token);
        clients.add(client);
        return client;
    }

    /** A host in a new room. */
    Client host() {
        Client host = user("host");
        JsonNode room = host.ok("createRoom", Map.of());
        return host.join(room.path("roomId").asText(), "");
    }

    /** Somebody else in the same room. */
    Client guest(Client host) {
        return user("guest").join(roomId(host), rtoken(host));
    }

    static String roomId(Client client) {
        return client.snapshot.path("roomId").asText();
    }

    static String rtoken(Client client) {
        return client.snapshot.path("rtoken").asText();
    }

    static String publish(Client client, String tag) {
        return client.ok(
                        "publish",
                        Map.of("tag", tag, "source", "camera", "audioMid", "0", "videoMid", "1", "sdp", OFFER))
                .path("feedId")
                .asText();
    }

    /** Resumes on a new socket. */
    Client resume(Client before, long lastSeq) {
        Client client = raw();
        client.hello = before.hello;
        JsonNode resumed = client.ok(
                "resume",
                Map.of(
                        "sessionId",
                        before.hello.path("sessionId").asText(),
                        "resumeToken",
                        before.hello.path("resumeToken").asText(),
                        "lastSeq",
                        lastSeq));
        client.snapshot = resumed.has("snapshot") ? resumed.path("snapshot") : before.snapshot;
        client.resumed = resumed;
        return client;
    }

    /** Waits for what must become true; fails after 30 s. */
    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("never became true: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
