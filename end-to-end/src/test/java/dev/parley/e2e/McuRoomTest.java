package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the people of a room learn of each other through McuController. */
class McuRoomTest extends McuCall {
    private static final String NOTHING_BY_ITSELF = "{auto_publish_subscribe: 4}";

    /** Someone without a camera, in Bob's page, in Alice's room. */
    private void carolJoins() {
        JsonNode room = alice.await("OnCreateRoomSucc");
        bob.evaluate("""
                (async () => {
                  window.carol = new McuController({ timeouts: { connect: 60, join: 60 } });
                  window.carolHeard = [];
                  carol.OnGetSign = (...who) => window.sign(...who);
                  carol.OnReceiveTextMsg = (uid, text) => carolHeard.push([uid, text]);
                  const step = (name, call) => new Promise((done) => { carol[name] = done; call(); });
                  await step('OnConnectOK', () => carol.Connect(%s));
                  await step('OnInitRoomConfigOK', () => carol.InitRoomConfig(%s));
                  await step('OnJoinRoomSucc', () => carol.JoinRoom('%s', '%s'));
                })()
                """.formatted(
                        bob.connection("carol"),
                        NOTHING_BY_ITSELF,
                        room.get(1).asText(),
                        room.get(2).asText()));
    }

    @Test
    @Tag("MRTC-CALL-26")
    @Tag("MRTC-CB-43")
    void textsReachWhomTheyAreForOnceAndInOrder() {
        aliceCreates(NOTHING_BY_ITSELF);
        bobJoins(NOTHING_BY_ITSELF);
        carolJoins();
        int count = 20;
        alice.evaluate("(() => { for (let i = 0; i < " + count + "; i++) mcu.SendTextMsg('text ' + i, []); })()");
        alice.call("SendTextMsg('for carol', ['carol'])");
        alice.call("SendTextMsg('for both, 世界', ['carol', '" + bobUid() + "'])");
        alice.await("OnSendTextMsgSucc", count + 2);
        assertEquals(
                count + 2,
                texts(alice.evaluate("of('OnSendTextMsgSucc').map(([, msgId]) => msgId)")).stream()
                        .distinct()
                        .count(),
                "each has its own number");
        var all = IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
        bob.await("OnReceiveTextMsg", count + 1);
        assertEquals(
                plus(all, "for both, 世界"), texts(bob.evaluate("of('OnReceiveTextMsg').map(([, , text]) => text)")));
        bob.until("carolHeard.length >= " + (count + 2));
        assertEquals(
                plus(plus(all, "for carol"), "for both, 世界"),
                texts(bob.evaluate("carolHeard.map(([, text]) => text)")));
        assertEquals(
                List.of(aliceUid()),
                texts(
                        bob.evaluate(
                                "[...new Set([...carolHeard, ...of('OnReceiveTextMsg').map(([, ...rest]) => rest)].map(([uid]) => uid))]")));
        assertEquals(0, alice.count("OnReceiveTextMsg"), "none to its sender");
    }

    private static List<String> plus(List<String> list, String more) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(more))
                .toList();
    }

    @Test
    @Tag("MRTC-CALL-08")
    @Tag("MRTC-CB-24")
    @Tag("MRTC-CB-25")
    @Tag("MRTC-CB-28")
    @Tag("MRTC-CB-29")
    @Tag("MRTC-CB-46")
    void everyStepOfOneIsToldToTheOther() {
        aliceCreates(NOTHING_BY_ITSELF);
        alice.call("Publish({" + CAMERA + "})");
        alice.await("OnPublishSucc");
        bobJoins(NOTHING_BY_ITSELF);
        assertEquals(bobUid(), alice.await("OnNewJoinerIn").get(1).asText());
        bobPublishes();
        JsonNode published = alice.await("OnNewPublish").get(1);
        assertEquals(bobUid(), published.path("uid").asText());
        assertEquals("main", published.path("tag").asText());
        assertTrue(!published.path("feedId").asText().isEmpty());

        String sid = bobSubscribes();
        JsonNode subscribed = alice.await("OnNewSubscribe");
        assertEquals(bobUid(), subscribed.get(1).asText());
        assertEquals(aliceUid(), subscribed.at("/2/uid").asText());
        String alices =
                bob.await("OnRoomAttendanceList").at("/1/0/publish/0/feedId").asText();
        assertEquals(alices, subscribed.at("/2/feedId").asText());
        bob.call("UnSubscribe('" + sid + "')");
        assertEquals(
                subscribed.get(2),
                alice.await("OnUnSubscribe").get(2),
                "the same feed of the same publisher is let go");
        assertEquals(bobUid(), alice.await("OnUnSubscribe").get(1).asText());

        bob.evaluate("window.camera = own.srcObject.getVideoTracks()[0]");
        bob.call("LeaveRoom()");
        assertEquals(1, bob.await("OnLeaveRoom").get(1).asInt());
        assertEquals("ended", bob.evaluate("camera.readyState").asText());
        JsonNode gone = alice.await("OnUnPublish").get(1);
        assertEquals(published.path("feedId"), gone.path("feedId"));
        assertEquals(bobUid(), gone.path("uid").asText());
        JsonNode left = alice.await("OnParticipantLeaveRoom");
        assertEquals(bobUid(), left.get(1).asText());
        assertEquals(1, left.get(2).asInt());

        JsonNode room = alice.await("OnCreateRoomSucc");
        bob.call("JoinRoom('" + room.get(1).asText() + "', '" + room.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc", 2);
        alice.call("LeaveRoom()");
        alice.await("OnLeaveRoom");
        bob.await("OnParticipantLeaveRoom");
        assertEquals(alices, bob.await("OnUnPublish").get(1).path("feedId").asText(), "who leaves withdraws");
    }
}
