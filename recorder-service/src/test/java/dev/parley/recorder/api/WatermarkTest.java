package dev.parley.recorder.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.client.WatermarkClient;
import dev.parley.recorder.compose.Clips;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.recorder.testing.Speaker;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from a web server that has good ones and bad ones. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class WatermarkTest {
    @TempDir
    Path folder;

    @Inject
    WatermarkClient client;

    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer web;
    private byte[] blue;

    @BeforeEach
    void open() throws Exception {
        Path png = folder.resolve("blue.png");
        Clips.ffmpeg("-f", "lavfi", "-i", "color=c=blue:s=64x64", "-frames:v", "1", png.toString());
        blue = Files.readAllBytes(png);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/blue.png", 200, blue, null);
        serve("/missing.png", 404, blue, null);
        serve("/huge.png", 200, java.util.Arrays.copyOf(blue, 5 << 20), null);
        serve("/script.png", 200, "#EXTM3U\nfile:///etc/passwd\n".getBytes(), null);
        serve("/moved.png", 302, new byte[0], "/blue.png");
        serve("/inward.png", 302, new byte[0], "http://169.254.169.254/latest/meta-data");
        serve("/file.png", 302, new byte[0], "file:///etc/passwd");
        serve("/round.png", 302, new byte[0], "/round.png");
        web.start();
    }

    private void serve(String path, int status, byte[] body, String location) {
        web.createContext(path, exchange -> {
            fetched.incrementAndGet();
            if (location != null) exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void close() {
        web.stop(0);
    }

    @Test
    void whatIsNoSmallImageOrIsInAPrivateNetworkIsRefusedInWords() throws Exception {
        assertArrayEquals(blue, client.fetch(url("/blue.png")));
        assertArrayEquals(blue, client.fetch(url("/moved.png")));
        assertRefused("/missing.png", "404");
        assertRefused("/huge.png", "");
        assertRefused("/script.png", "neither PNG nor JPEG");
        assertRefused("/inward.png", "private address");
        assertRefused("/file.png", "not http");
        assertRefused("/round.png", "redirects");
        assertThrows(IOException.class, () -> client.fetch("http://10.0.0.1/x.png"));
    }

    @Test
    @Tag("MRTC-RP-16")
    void theImageStandsInItsCornerAndOneThatCannotBeHadIsReportedWhileTheRecordingGoesOn() throws Exception {
        String good = "rec-" + UUID.randomUUID();
        String bad = "rec-" + UUID.randomUUID();
        try (var relay = new RelayTap();
                var business = new BusinessServer()) {
            start(relay, business, good, "/blue.png");
            start(relay, business, bad, "/missing.png");
            try (var _ = new Speaker(relay)) {
                Await.until("said", () -> relay.frames() > 120);
                Await.until("warned", () -> business.codes(bad).contains(50));
                assertEquals("RECORDING", view(bad).getString("state"));
                Await.until("fetched", () -> fetched.get() >= 2);
            }
            web.stop(0); // kept with the recording: nobody needs the server any more
            for (String id : new String[] {good, bad})
                given().auth()
                        .oauth2(TestAccount.serviceToken())
                        .post("/v1/recordings/" + id + ":stop")
                        .then()
                        .statusCode(200);
            for (String id : new String[] {good, bad})
                Await.until("done", () -> view(id).getString("state").equals("DONE"));
        }
        assertEquals("done", view(good).getString("message"));
        assertTrue(
                view(bad).getString("message").contains("no image watermark"),
                view(bad).getString("message"));
        assertTrue(blueAt(good, "in_w-20:12") > 150, "top right");
        assertTrue(blueAt(good, "8:8") < 150, "and nowhere else");
        assertTrue(blueAt(bad, "in_w-20:12") < 150, "no image");
    }

    private int blueAt(String id, String place) throws Exception {
        byte[] film = given().auth()
                .oauth2(TestAccount.serviceToken())
                .get("/v1/recordings/" + id + "/file")
                .asByteArray();
        Path file = Files.write(folder.resolve(id), film);
        byte[] pixel = Clips.decode(
                file,
                "-vf",
                "trim=start=1,crop=4:4:" + place + ",scale=1:1:flags=area",
                "-frames:v",
                "1",
                "-pix_fmt",
                "rgb24",
                "-f",
                "rawvideo");
        return (pixel[2] & 0xFF) - (pixel[0] & 0xFF) / 2;
    }

    private void assertRefused(String path, String words) {
        var refusal = assertThrows(IOException.class, () -> client.fetch(url(path)), path);
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private void start(RelayTap relay, BusinessServer business, String id, String image) throws Exception {
        var json = new ObjectMapper();
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", relay.address(), "", 0, 0, false, 0);
        var param = json.readValue(
                "{\"width\":320,\"height\":180,\"fps\":10,\"rtWatermark\":0,\"layoutMode\":2,\"waterMark\":2,\"waterMarkUrl\":\""
                        + url(image) + "\"}",
                RecordParam.class);
        given().auth()
                .oauth2(TestAccount.serviceToken())
                .contentType(ContentType.JSON)
                .body(json.writeValueAsString(new StartRecording(
                        id, "room-" + id, "demo", "app", "space", node, "p-1", "", "", business.url(), param)))
                .post("/v1/recordings")
                .then()
                .statusCode(200);
    }

    private static JsonPath view(String id) {
        return given().auth()
                .oauth2(TestAccount.serviceToken())
                .get("/v1/recordings/" + id)
                .then()
                .extract()
                .jsonPath();
    }
}
