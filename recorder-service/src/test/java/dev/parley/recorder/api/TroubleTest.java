package dev.parley.recorder.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.compose.Clips;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rooms in which something is wrong, all recorded at the same time, and what the business server is told of each. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class TroubleTest {
    private static final String ONE_WINDOW =
            "{\"mixPosition\":[{\"index\":1,\"x_offset\":0,\"y_offset\":0,\"width\":160,\"height\":90}]}";

    private final Map<String, List<Integer>> expected = new LinkedHashMap<>();

    @Test
    @Tag("MRTC-EVT-100002")
    @Tag("MRTC-EVT-100003")
    @Tag("MRTC-EVT-100006")
    @Tag("MRTC-EVT-100007")
    @Tag("MRTC-EVT-500301")
    @Tag("MRTC-EVT-500302")
    void eachTroubleIsReportedWithItsCode() throws Exception {
        try (var business = new BusinessServer();
                var closed = new RelayTap();
                var full = new RelayTap();
                var crowded = new RelayTap();
                var strip = new RelayTap();
                var slow = new RelayTap()) {
            closed.refuse(ErrorCode.TOKEN_INVALID);
            full.refuse(ErrorCode.ROOM_LIMIT);
            crowded.track(camera("ann", 1));
            crowded.track(camera("bob", 2));
            strip.track(camera("ann", 1));
            slow.track(camera("ann", 1));
            record(business, closed, "{\"startTimeout\":1}", 100002, 99);
            record(business, full, "{\"startTimeout\":1}", 100003, 99);
            record(business, crowded, ONE_WINDOW, 10, 100007, 99);
            record(business, strip, "{}", 10, 0, 100006, 99);
            String warned = record(business, slow, "{}", 10, 0, 500302, 500301);
            Await.until("both tap", () -> strip.hellos().size() + slow.hellos().size() == 2);
            for (int i = 0; i < 12; i++) slow.packet(picture(i, new byte[] {1}), 1_000L * i);
            strip.packet(picture(0, Clips.vp8("red", "320x48", 10, 1).getFirst().data()));

            for (var recording : expected.entrySet())
                Await.until(
                        recording.getKey() + " is told " + recording.getValue(),
                        () -> business.codes(recording.getKey()).size()
                                >= recording.getValue().size());
            expected.forEach((id, codes) -> assertEquals(codes, business.codes(id)));
            given().auth()
                    .oauth2(TestAccount.serviceToken())
                    .post("/v1/recordings/" + warned + ":stop")
                    .then()
                    .statusCode(200);
        }
    }

    private static TrackEvent camera(String uid, long ssrc) {
        return JournalMaker.track(uid, MediaKind.VIDEO, ssrc, "VP8");
    }

    /** One whole VP8 picture of SSRC 1. */
    private static byte[] picture(int sequence, byte[] frame) {
        return ByteBuffer.allocate(13 + frame.length)
                .put((byte) 0x80)
                .put((byte) (0x80 | 96))
                .putShort((short) sequence)
                .putInt(90_000 * sequence)
                .putInt(1)
                .put((byte) 0x10)
                .put(frame)
                .array();
    }

    private String record(BusinessServer business, RelayTap relay, String param, Integer... codes) throws Exception {
        String id = "rec-" + UUID.randomUUID();
        expected.put(id, List.of(codes));
        var json = new ObjectMapper();
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", relay.address(), "", 0, 0, false, 0);
        var request = new StartRecording(
                id,
                "room-" + id,
                "demo",
                "app",
                "space",
                node,
                "p-1",
                "",
                "",
                business.url(),
                json.readValue(param, RecordParam.class));
        given().auth()
                .oauth2(TestAccount.serviceToken())
                .contentType(ContentType.JSON)
                .body(json.writeValueAsString(request))
                .post("/v1/recordings")
                .then()
                .statusCode(200);
        return id;
    }
}
