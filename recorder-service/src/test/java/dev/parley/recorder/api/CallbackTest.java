package dev.parley.recorder.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.RecordRules;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.recorder.store.Outbox;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Business servers that behave badly. The recordings here fail at once, which makes two callbacks each: 100005 and 99. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class CallbackTest {
    @Inject
    Outbox outbox;

    @Inject
    RecordingStore recordings;

    @Test
    void aServerWithManyCallbacksKeepsNoOtherWaiting() {
        long later = System.currentTimeMillis() + 3_600_000; // not due for the sender of this service
        for (int i = 0; i < 30; i++) report("http://many.example/", later);
        report("http://one.example:8080/", later);

        Map<String, Long> taken = hosts(outbox.takeCallbacks(later, later + 1, 200, 8, List.of()));
        assertEquals(8, taken.get("many.example"));
        assertEquals(1, taken.get("one.example:8080"));
        assertNull(hosts(outbox.takeCallbacks(later, later + 1, 200, 8, List.of("many.example")))
                .get("many.example"));
    }

    @Test
    void everyTryIsSignedWithTheKeyOfItsApplicationAtItsOwnTime() throws Exception {
        var signed = new ConcurrentLinkedQueue<String[]>();
        BusinessServer.Manner read = (exchange, _) -> {
            var headers = exchange.getRequestHeaders();
            signed.add(new String[] {headers.getFirst("X-Parley-Timestamp"), headers.getFirst("X-Parley-Signature")});
            BusinessServer.answer(exchange, 500, "");
        };
        try (var business = new BusinessServer(read)) {
            fail(business.url());
            Await.until("tried twice", () -> signed.size() >= 2);
            String body = business.text(0);
            String[] first = signed.poll();
            assertEquals("v1=" + hmac(key("demo"), first[0] + "." + body), first[1]);
            assertNotEquals("v1=" + hmac(key("another"), first[0] + "." + body), first[1]);
            assertTrue(Math.abs(System.currentTimeMillis() - Long.parseLong(first[0])) < 300_000, first[0]);
            assertNotEquals(first[0], signed.poll()[0], "the second try has its own time");
        }
    }

    private static String key(String bizName) {
        return given().auth()
                .oauth2(TestAccount.serviceToken())
                .get("/v1/recordings/callback-keys/" + bizName)
                .then()
                .statusCode(200)
                .extract()
                .path("key");
    }

    /** As a business server would write it. */
    private static String hmac(String key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void report(String callbackUrl, long atMs) {
        String id = "rec-" + UUID.randomUUID();
        recordings.create(RecordRules.checked(request(id, callbackUrl)), "nobody", atMs, 2 * atMs);
        recordings.apply(id, new RecordingCommand.TapOpened(), atMs);
    }

    private static Map<String, Long> hosts(List<Outbox.Callback> callbacks) {
        return callbacks.stream().collect(Collectors.groupingBy(Outbox.Callback::host, Collectors.counting()));
    }

    @Test
    @Tag("MRTC-RCB-03")
    void whatIsNotUnderstoodIsSentAgainAndNoRedirectIsFollowed() throws Exception {
        try (var elsewhere = new BusinessServer();
                var dripping = new BusinessServer(once(CallbackTest::drip));
                var moved = new BusinessServer(once((exchange, _) -> {
                    exchange.getResponseHeaders().add("Location", elsewhere.url());
                    BusinessServer.answer(exchange, 307, "");
                }));
                var broken = new BusinessServer(once((exchange, _) -> BusinessServer.answer(exchange, 500, "{}")));
                var mistaken = new BusinessServer(once((exchange, _) ->
                        BusinessServer.answer(exchange, 200, "{\"bizRequestId\":\"another\",\"code\":0}")))) {
            var recordings = new LinkedHashMap<String, BusinessServer>();
            for (BusinessServer server : List.of(dripping, moved, broken, mistaken))
                recordings.put(fail(server.url()), server);
            for (var recording : recordings.entrySet()) {
                String id = recording.getKey();
                BusinessServer server = recording.getValue();
                Await.until("told at last", () -> server.codes(id).contains(99));
                assertEquals(100005, server.codes(id).get(0));
                assertEquals(100005, server.codes(id).get(1), "the same again");
                assertEquals(
                        server.callbacks().get(0).get("bizRequestId"),
                        server.callbacks().get(1).get("bizRequestId"));
            }
            assertEquals(0, elsewhere.callbacks().size());
        }
    }

    /** Loopback by its other address, which the tests' settings do not allow; what tries it anyway finds nobody there. */
    @Test
    void aPrivateAddressIsNotCalledUnlessItIsAllowed() throws Exception {
        String id = fail("http://[::1]:1/");
        Await.until(
                "refused",
                () -> given().auth()
                        .oauth2(TestAccount.serviceToken())
                        .get("/v1/recordings/" + id + "/callbacks")
                        .asString()
                        .contains("is the private address"));
    }

    /** A head, a byte, and then nothing more while the connection stands. */
    private static void drip(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        new CountDownLatch(1).await();
    }

    /** The first time so, then as it should be. */
    private static BusinessServer.Manner once(BusinessServer.Manner badly) {
        var calls = new AtomicInteger();
        return (exchange, body) -> {
            if (calls.getAndIncrement() == 0) badly.answer(exchange, body);
            else BusinessServer.understand(exchange, body);
        };
    }

    /** @return id of a recording whose relay is nowhere */
    private static String fail(String callbackUrl) throws Exception {
        String id = "rec-" + UUID.randomUUID();
        given().auth()
                .oauth2(TestAccount.serviceToken())
                .contentType(ContentType.JSON)
                .body(new ObjectMapper().writeValueAsString(request(id, callbackUrl)))
                .post("/v1/recordings")
                .then()
                .statusCode(200);
        return id;
    }

    private static StartRecording request(String id, String callbackUrl) {
        var nowhere = new MediaAddress("127.0.0.1", 1, "00");
        var node = new NodeView("relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", nowhere, "", 0, 0, false, 0);
        try {
            var param = new ObjectMapper().readValue("{\"startTimeout\":1}", RecordParam.class);
            return new StartRecording(
                    id, "room-" + id, "demo", "app", "space", node, "p-1", "", "", callbackUrl, param);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
