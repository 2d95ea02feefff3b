package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.DeafClient;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one connection can do to the others: nothing. Limits are small here, so that tests reach them. */
@QuarkusTest
@TestProfile(LimitsTest.Small.class)
class LimitsTest extends SocketTest {
    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.signaling.heartbeat-seconds", "4",
                    "parley.signaling.grace-seconds", "20",
                    "parley.signaling.limits.messages-per-second", "20",
                    "parley.signaling.limits.messages-burst", "40",
                    "parley.signaling.limits.bytes-queued", "2000000");
        }
    }

    @Test
    void whatIsBeyondTheRateIsRefusedUnderItsIdAndTheConnectionGoesOn() {
        Client host = host().keepAlive();
        Client guest = guest(host).keepAlive();
        int sent = 120;
        for (int i = 0; i < sent; i++)
            guest.send("{\"id\":" + (10_000 + i) + ",\"type\":\"sendText\",\"data\":{\"text\":\"" + i + "\"}}");
        int done = 0;
        int refused = 0;
        var answered = new ArrayList<Integer>();
        for (int i = 0; i < sent; i++) {
            JsonNode answer = guest.answer();
            answered.add(answer.path("re").asInt());
            if (answer.path("code").asInt() == 0) done++;
            else {
                assertEquals("TOO_MANY", answer.path("error").asText(), answer.toString());
                refused++;
            }
        }
        assertEquals(sent, answered.stream().distinct().count(), "each has its own answer");
        assertTrue(done >= 30 && refused >= 20, done + " done, " + refused + " refused");
        until(
                "the budget fills again",
                () -> guest.request("ping", Map.of()).path("code").asInt() == 0);
        assertEquals(done, texts(host, done), "what was accepted arrives, what was refused does not");
    }

    private static int texts(Client client, int atLeast) {
        until("the texts arrive", () -> client.pushes("text").size() >= atLeast);
        return client.pushes("text").size();
    }

    @Test
    void aFloodWithoutIdsIsAFaultEachAndOfAcknowledgementsNothing() {
        Client client = user("ann");
        for (int i = 0; i < 100; i++) client.send("{\"type\":\"ack\",\"seq\":1}");
        until(
                "the budget fills again",
                () -> client.request("ping", Map.of()).path("code").asInt() == 0);
        for (int i = 0; i < 100; i++) client.send("garbage " + i);
        int tooMany = 0;
        for (int i = 0; i < 100; i++) {
            JsonNode fault = client.answer();
            assertFalse(fault.has("re"), fault.toString());
            if (fault.path("error").asText().equals("TOO_MANY")) tooMany++;
            else assertEquals("BAD_REQUEST", fault.path("error").asText());
        }
        assertTrue(tooMany >= 50, tooMany + " of 100");
        until(
                "the budget fills again",
                () -> client.request("ping", Map.of()).path("code").asInt() == 0);
    }

    @Test
    void oneThatFloodsWaitsInItsOwnConnectionAndTheOthersDoNot() throws Exception {
        Client host = host().keepAlive();
        Client guest = guest(host).keepAlive();
        Client flood = user("flood");
        var sent = new AtomicInteger();
        var flooding = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    flood.send("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(1_000) + "\"}");
                    sent.incrementAndGet();
                }
            } catch (CompletionException _) {
                // closed below
            }
        });
        for (int i = 0; i < 10; i++) {
            String text = "in the flood " + i;
            host.ok("sendText", Map.of("text", text));
            guest.push("text", data -> data.path("text").asText().equals(text));
        }
        until("the flood stands still", () -> {
            int before = sent.get();
            java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
            return sent.get() - before < 100; // it would be tens of thousands
        });
        flood.close();
        flooding.join();
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndCanResumeWhileTheOthersGetEverything() throws Exception {
        Client host = host().keepAlive();
        Client fast = guest(host).keepAlive();
        try (var slow = new DeafClient(base);
                var deaf = new DeafClient(base)) {
            JsonNode hello = enter(slow, host, "slow");
            enter(deaf, host, "deaf");
            String me = host.push("participantJoined", isOf(hello))
                    .at("/data/participant/participantId")
                    .asText();
            // From here on they read nothing. The kernel takes some megabytes for them, then it is the server that
            // waits.
            String big = "x".repeat(60_000);
            int sent = 0;
            CompletableFuture<Integer> closeCode = null;
            while (away(host) < 2) {
                if (closeCode == null && isAway(host, me)) closeCode = CompletableFuture.supplyAsync(slow::closeCode);
                assertTrue(sent < 1_000, "60 MB went to somebody who does not read");
                JsonNode answer = host.request("sendCommand", Map.of("payload", big));
                if (answer.path("code").asInt() == 0) sent++;
                else assertEquals("TOO_MANY", answer.path("error").asText());
            }
            if (closeCode == null) closeCode = CompletableFuture.supplyAsync(slow::closeCode);
            assertEquals(1013, closeCode.join());
            int all = sent;
            until("the fast one has all", () -> fast.pushes("command").size() == all);
            Client back = raw();
            JsonNode resumed = back.ok(
                    "resume",
                    Map.of(
                            "sessionId",
                            hello.path("sessionId").asText(),
                            "resumeToken",
                            hello.path("resumeToken").asText(),
                            "lastSeq",
                            0));
            assertEquals(me, resumed.path("participantId").asText());
            host.push("participantUpdated", data -> data.path("state").asText().equals("present"));
            until("who never reads is cut off", deaf::isCut);
        }
    }

    private static JsonNode enter(DeafClient client, Client host, String name) throws java.io.IOException {
        String token = Fakes.account.guest("demo", name + "-" + host.me());
        JsonNode hello = client.request("connect", Map.of("token", token)).path("data");
        client.request("joinRoom", Map.of("roomId", roomId(host), "rtoken", rtoken(host)));
        client.keepAlive();
        return hello;
    }

    private static java.util.function.Predicate<JsonNode> isOf(JsonNode hello) {
        return data -> data.at("/participant/uid").equals(hello.path("uid"));
    }

    private static boolean isAway(Client host, String participantId) {
        return host.pushes("participantUpdated").stream()
                .anyMatch(push -> push.at("/data/participantId").asText().equals(participantId));
    }

    private static long away(Client host) {
        return host.pushes("participantUpdated").stream()
                .filter(push -> push.at("/data/state").asText().equals("reconnecting"))
                .count();
    }

    @Test
    @Tag("MRTC-ARC-01")
    void whoDiesSilentlyIsOnlineUntilItsHeartbeatsAreMissedAndIsThenRemoved() {
        Client host = host().keepAlive();
        Client silent = guest(host);
        String uid = silent.hello.path("uid").asText();
        assertTrue(host.ok("invite", Map.of("uid", uid)).path("online").asBoolean());
        assertEquals(1001, silent.closeCode());
        assertEquals(
                "lost",
                host.push(
                                "participantLeft",
                                left -> left.path("participantId").asText().equals(silent.me()))
                        .at("/data/reason")
                        .asText());
        assertFalse(host.ok("invite", Map.of("uid", uid)).path("online").asBoolean());
    }

    @Test
    void aSilentConnectionIsClosedAndOneThatPingsIsNot() {
        Client alive = user("alive").keepAlive();
        Client silent = user("silent");
        Client halfOpen = raw();
        assertEquals(1001, silent.closeCode());
        assertEquals(1001, halfOpen.closeCode());
        alive.ok("ping", Map.of());
        Client back = resume(silent, 0);
        back.ok("ping", Map.of());
    }
}
