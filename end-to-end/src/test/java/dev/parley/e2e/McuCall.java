package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two browsers call each other through McuController; what the far side shows and sounds is read back. Each test is another room and other people. */
@ExtendWith({RunningSuite.class, McuPair.Resolver.class})
@ResourceLock("the pair of browsers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class McuCall {
    /** What the page's region shows. */
    static final Picture GREEN = new Picture(0, 160, 0);

    static final String CAMERA = "media_type: 1, publish_device: 1, publish_video_id: 'own',"
            + " publish_streamId_id: 'ownSid', publish_tag: 'main'";
    static final String SLOT =
            "subscribe_video_id: 'v1', subscribe_audio_id: 'a1', subscribe_streamId_id: 's1', feedId_id: 'f1'";

    static final String SECOND_SLOT =
            "subscribe_video_id: 'v2', subscribe_audio_id: 'a2', subscribe_streamId_id: 's2', feedId_id: 'f2'";
    static final String THIRD_SLOT =
            "subscribe_video_id: 'v3', subscribe_audio_id: 'a3', subscribe_streamId_id: 's3', feedId_id: 'f3'";

    McuPage alice;
    McuPage bob;
    Picture blue;
    Picture orange;

    private static int calls;

    @BeforeAll
    void twoBrowsers(McuPair pair) {
        alice = pair.alice;
        bob = pair.bob;
        blue = pair.blue;
        orange = pair.orange;
    }

    /** Their cameras would go on during the tests of others. */
    @AfterEach
    void hangUp() {
        alice.page().navigate("about:blank");
        bob.page().navigate("about:blank");
    }

    String aliceUid() {
        return "alice" + calls;
    }

    String bobUid() {
        return "bob" + calls;
    }

    /** A new room. @param config of InitRoomConfig */
    void aliceCreates(String config) {
        calls++;
        alice.open(aliceUid());
        alice.call("InitRoomConfig(" + config + ")");
        alice.await("OnInitRoomConfigOK");
        alice.call("CreateRoom()");
        alice.await("OnCreateRoomSucc");
    }

    /** Into Alice's room. @param config of InitRoomConfig */
    void bobJoins(String config) {
        JsonNode room = alice.await("OnCreateRoomSucc");
        bob.open(bobUid());
        bob.call("InitRoomConfig(" + config + ")");
        bob.call("JoinRoom('" + room.get(1).asText() + "', '" + room.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc");
    }

    /** Bob's camera; gives its sid. */
    int bobPublishes() {
        bob.call("Publish({" + CAMERA + "})");
        return bob.await("OnPublishSucc").get(1).asInt();
    }

    /** Bob receives the first feed of Alice that was there when he came; gives the sid. */
    String bobSubscribes() {
        String feedId =
                bob.await("OnRoomAttendanceList").at("/1/0/publish/0/feedId").asText();
        bob.call("Subscribe({feedId: '" + feedId + "', " + SLOT + "})");
        JsonNode subscribed = bob.await("OnSubscribeSucc");
        assertEquals(
                "{\"feedId\":[\"" + feedId + "\"],\"strategy\":1}",
                subscribed.get(1).asText());
        return subscribed.get(2).asText();
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
