package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What McuController publishes and receives by itself, from which source, and how it travels. */
class McuStreamsTest extends McuCall {
    @Test
    @Tag("MRTC-FEA-04")
    @Tag("MRTC-IRC-01")
    @Tag("MRTC-IRC-17")
    @Tag("MRTC-IRC-19")
    @Tag("MRTC-REL-06c")
    void whoReceivesByItselfHearsAVoiceCallAndFillsItsSlotsWithWhatComes() {
        // Nothing of a camera is named: a call of voices needs no tag of it.
        aliceCreates(
                "{auto_publish_subscribe: 2, media_type: 2, publish_device: 1, initPublish: [{publish_tag: 'voice'}]}");
        alice.await("OnPublishSucc");
        assertEquals(
                "[[true,false]]",
                alice.evaluate("asked.map(({audio, video}) => [!!audio, !!video])")
                        .toString());
        bobJoins(
                "{auto_publish_subscribe: 1, initSubscribe: [{subscribe_audio_id: 'a1', subscribe_streamId_id: 's1', feedId_id: 'f1'}, {"
                        + SECOND_SLOT + "}]}");
        bob.await("OnSubscribeSucc");
        bob.untilSounds("a1", 440);
        bob.until("s1.textContent !== '' && f1.textContent !== '' && v1.srcObject === null");
        String voice = bob.evaluate("f1.textContent").asText();

        alice.call("Publish({media_type: 3, publish_device: 1, publish_video_id: 'own', publish_tag: 'picture'})");
        alice.await("OnPublishSucc", 2);
        bob.await("OnSubscribeSucc", 2);
        bob.untilShows("v2", blue);
        String picture = bob.evaluate("f2.textContent").asText();
        assertEquals(
                0, bob.evaluate("a2.srcObject?.getAudioTracks().length ?? 0").asInt(), "media_type 3 is without sound");
        alice.call("UnPublish(" + alice.await("OnPublishSucc", 2).get(1).asInt() + ")");
        bob.until("v2.srcObject === null && s2.textContent === '' && f2.textContent === ''");
        alice.call("Publish({media_type: 1, publish_device: 1, publish_video_id: 'own', publish_tag: 'both'})");
        bob.await("OnSubscribeSucc", 3);
        bob.untilShows("v2", blue);
        bob.untilSounds("a2", 440);
        String both = bob.evaluate("f2.textContent").asText();
        assertTrue(!both.equals(picture) && !both.equals(voice), "a feed of its own in the slot that was freed");
        assertEquals(voice, bob.evaluate("f1.textContent").asText());
        assertEquals(0, bob.count("OnPublishSucc") + bob.count("OnMediaCallSucc"), "nothing is published");
        assertEquals(0, bob.evaluate("asked.length").asInt());
    }

    @Test
    @Tag("MRTC-IRC-02")
    @Tag("MRTC-IRC-18")
    @Tag("MRTC-IRC-21d")
    void whoPublishesByItselfPublishesEveryElementAndReceivesNothing() {
        aliceCreates(
                "{auto_publish_subscribe: 2, media_type: 3, publish_device: 4, part_of_screen_id: 'region', initPublish: ["
                        + "{publish_video_id: 'own', publish_streamId_id: 'ownSid', publish_tag: 'first'},"
                        + " {publish_video_id: 'v2', publish_streamId_id: 's2', publish_tag: 'second'}]}");
        alice.await("OnPublishSucc", 2);
        alice.untilShows("own", GREEN);
        alice.untilShows("v2", GREEN);
        assertTrue(alice.evaluate(
                        "ownSid.textContent !== '' && s2.textContent !== '' && ownSid.textContent !== s2.textContent")
                .asBoolean());
        bobJoins("{auto_publish_subscribe: 1, initSubscribe: [{" + SLOT + "}, {" + SECOND_SLOT + "}]}");
        JsonNode feeds = bob.await("OnRoomAttendanceList").at("/1/0/publish");
        assertEquals(2, feeds.size());
        assertTrue(!feeds.at("/0/feedId").equals(feeds.at("/1/feedId")));
        assertEquals(
                java.util.Set.of("first", "second"),
                java.util.Set.of(feeds.at("/0/tag").asText(), feeds.at("/1/tag").asText()));
        bob.untilShows("v1", GREEN);
        bob.untilShows("v2", GREEN);
        // The region is live.
        alice.evaluate("region.style.background = 'rgb(0,0,200)'");
        bob.untilShows("v1", new Picture(0, 0, 200));
        bobPublishes();
        alice.await("OnNewPublish");
        alice.await("OnNewSubscribe", 2);
        assertEquals(0, alice.count("OnSubscribeSucc") + alice.count("OnSubscribeFailed"), "nothing is received");
    }

    @Test
    @Tag("MRTC-ERR-04")
    void moreStreamsThanTheServerOrTheSlotsAllowAreRefusedAndTheOthersGoOn() {
        aliceCreates("{auto_publish_subscribe: 4}");
        int quota = 8;
        for (int i = 1; i <= quota; i++) {
            alice.call("Publish({media_type: 2, publish_device: 1, publish_tag: 'voice" + i + "'})");
            alice.await("OnPublishSucc", i);
        }
        alice.call("Publish({media_type: 2, publish_device: 1, publish_tag: 'one too many'})");
        assertEquals(-1073, alice.await("OnPublishFailed").get(2).asInt());
        bobJoins("{auto_publish_subscribe: 1, initSubscribe: [{" + SLOT + "}, {" + SECOND_SLOT + "}]}");
        bob.await("OnSubscribeSucc", 2);
        bob.await("OnSubscribeFailed", quota - 2);
        assertEquals(
                "[-1083]",
                bob.evaluate("[...new Set(of('OnSubscribeFailed').map(([, , code]) => code))]")
                        .toString());
        bob.untilSounds("a1", 440);
        bob.untilSounds("a2", 440);
    }

    @Test
    @Tag("MRTC-CALL-13")
    @Tag("MRTC-CALL-14")
    void theCodecAndTheProtocolThatWereChosenAreUsed() {
        aliceCreates("{auto_publish_subscribe: 1, initSubscribe: [{" + SLOT + "}, {" + SECOND_SLOT + "}]}");
        JsonNode room = alice.await("OnCreateRoomSucc");
        bob.open(bobUid());
        bob.call("SetLocalProtoType('tcp')");
        bob.call("SetLocalCodecType('H264')");
        bob.call("InitRoomConfig({auto_publish_subscribe: 4})");
        bob.call("JoinRoom('" + room.get(1).asText() + "', '" + room.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc");
        bobPublishes();
        alice.untilShows("v1", orange);
        alice.untilSounds("a1", 1130);
        bob.until(
                "statistics('outbound-rtp').then((all) => all.some(({codec, framesEncoded}) => codec === 'video/H264' && framesEncoded > 10))");
        bob.until(
                "statistics('candidate-pair').then((all) => all.some((pair) => pair.nominated && pair.state === 'succeeded'"
                        + " && pair.local.protocol === 'tcp'))");
        assertEquals(
                "[]",
                bob.evaluate(
                                "statistics('candidate-pair').then((all) => all.filter((pair) => pair.nominated && pair.local.protocol !== 'tcp'))")
                        .toString());
        bob.call("SetLocalCodecType('VP8')");
        bob.call(
                "Publish({media_type: 3, publish_device: 4, part_of_screen_id: 'region', publish_video_id: 'v2', publish_tag: 'next'})");
        bob.await("OnPublishSucc", 2);
        alice.untilShows("v2", GREEN);
        alice.untilShows("v1", orange);
        bob.until(
                "statistics('outbound-rtp').then((all) => ['video/H264', 'video/VP8'].every((codec) => all.some((one) => one.codec === codec)))");
    }
}
