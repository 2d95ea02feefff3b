package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What McuController tells of its streams while they run: that one is weak, and how loud it is. */
class McuNetworkTest extends McuCall {
    /** kbit/s that no camera of these tests reaches, and that any of them passes. */
    private static final int OUT_OF_REACH = 50_000, LOW = 20;

    @Test
    @Tag("MRTC-CALL-28")
    @Tag("MRTC-CALL-29")
    void aStreamBelowTheLimitThatWasSetIsWeak() {
        aliceCreates("{auto_publish_subscribe: 4}");
        alice.call("SetPublishWeakBitrateLimit(" + OUT_OF_REACH + ")");
        alice.call("Publish({" + CAMERA + "})");
        String sent = alice.await("OnPublishSucc").get(1).asText();
        bobJoins("{auto_publish_subscribe: 4}");
        bob.call("SetSubscribeWeakBitrateLimit(" + OUT_OF_REACH + ")");
        bob.call("SetPublishWeakBitrateLimit(" + LOW + ")");
        String received = bobSubscribes();
        bobPublishes();
        JsonNode ofSent = alice.await("OnNetworkWeak");
        assertEquals(sent, ofSent.get(3).asText());
        assertTrue(
                isBetween(ofSent.get(1), 1, OUT_OF_REACH)
                        && ofSent.get(2).asText().equals("0"),
                ofSent.toString());
        JsonNode ofReceived = bob.await("OnNetworkWeak");
        assertEquals(received, ofReceived.get(3).asText());
        assertTrue(
                isBetween(ofReceived.get(2), 1, OUT_OF_REACH)
                        && ofReceived.get(1).asText().equals("0"),
                ofReceived.toString());
        assertEquals(1, bob.count("OnNetworkWeak"), "what Bob sends is above its limit");
    }

    @Test
    @Tag("MRTC-CB-48")
    void theStreamThatIsThrottledIsNamedAndNoOther() {
        aliceCreates("{auto_publish_subscribe: 4}");
        alice.call("SetPublishWeakBitrateLimit(" + LOW + ")");
        for (String video : new String[] {"own", "v2"}) {
            int before = alice.count("OnPublishSucc");
            alice.call("Publish({media_type: 3, publish_device: 1, publish_video_id: '" + video + "', publish_tag: '"
                    + video + "'})");
            alice.await("OnPublishSucc", before + 1);
        }
        String throttled = alice.await("OnPublishSucc", 2).get(1).asText();
        alice.evaluate("""
                (async () => {
                  const track = v2.srcObject.getVideoTracks()[0];
                  const sender = connections.flatMap((one) => one.getSenders()).find((one) => one.track === track);
                  const parameters = sender.getParameters();
                  for (const encoding of parameters.encodings) Object.assign(encoding, { maxBitrate: 1000, maxFramerate: 1 });
                  await sender.setParameters(parameters);
                })()
                """);
        JsonNode weak = alice.await("OnNetworkWeak");
        assertEquals(throttled, weak.get(3).asText());
        assertTrue(isBetween(weak.get(1), 0, LOW), weak.toString());
        assertEquals(1, alice.count("OnNetworkWeak"), "the other camera goes on as before");
    }

    private static boolean isBetween(JsonNode bitsPerSecond, int leastKilobits, int mostKilobits) {
        long bits = Long.parseLong(bitsPerSecond.asText());
        return bits >= leastKilobits * 1000L && bits < mostKilobits * 1000L;
    }

    @Test
    @Tag("MRTC-CB-60")
    void theAnalyserOfEachStreamFollowsItsSound() {
        aliceCreates("{auto_publish_subscribe: 4}");
        bobJoins("{auto_publish_subscribe: 4}");
        keepsAnalysers(alice);
        keepsAnalysers(bob);
        alice.call("Publish({" + CAMERA + ", need_volume_analyser: true})");
        String sent = alice.await("OnPublishSucc").get(1).asText();
        JsonNode feed = bob.await("OnNewPublish").get(1);
        bob.call("Subscribe({feedId: '" + feed.path("feedId").asText() + "', need_volume_analyser: true, " + SLOT
                + "})");
        String received = bob.await("OnSubscribeSucc").get(2).asText();
        followsTheSound(alice, sent);
        followsTheSound(bob, received);
        alice.call("SetLocalAudioEnable(0, " + sent + ")");
        bob.evaluate("window.quiet = 0");
        bob.until("(quiet = loudness('" + received + "') < 0.01 ? quiet + 1 : 0) >= 10");
    }

    private static void keepsAnalysers(McuPage page) {
        page.evaluate("""
                (() => {
                  window.analysers = {};
                  mcu.OnVolumeAnalyser = (sid, analyser) => { analysers[sid] = analyser; };
                  window.loudness = (sid) => {
                    const wave = new Float32Array(analysers[sid]?.fftSize ?? 1);
                    analysers[sid]?.getFloatTimeDomainData(wave);
                    return Math.max(...wave.map(Math.abs));
                  };
                })()
                """);
    }

    /** The tones of these microphones come and go twice a second. */
    private static void followsTheSound(McuPage page, String sid) {
        page.until("loudness('" + sid + "') > 0.1");
        page.until("loudness('" + sid + "') < 0.01");
        page.until("loudness('" + sid + "') > 0.1");
    }
}
