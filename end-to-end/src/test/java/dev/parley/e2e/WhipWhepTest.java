package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class WhipWhepTest {
    @Test
    void whatAnotherStackPublishesByWhipComesBackByWhepInPictureAndTone(Suite suite) throws Exception {
        String service = suite.serviceToken();
        JsonNode publisher = suite.post(
                "signaling",
                "/v1/tool-tokens",
                service,
                Map.of("room", "whip-room", "publish", true, "subscribe", false));
        JsonNode viewer = suite.post(
                "signaling",
                "/v1/tool-tokens",
                service,
                Map.of("room", "whip-room", "publish", false, "subscribe", true));
        byte[] out = Tools.run(
                "/usr/bin/python3",
                RunningSuite.root()
                        .resolve("end-to-end/src/test/python/whip_whep.py")
                        .toString(),
                publisher.path("whip").asText(),
                viewer.path("whep").asText(),
                publisher.path("token").asText(),
                viewer.path("token").asText());
        JsonNode seen = Suite.JSON.readTree(new String(out, StandardCharsets.UTF_8)
                .lines()
                .reduce((a, b) -> b)
                .orElseThrow());
        assertEquals(700, seen.path("hertz").asDouble(), 10, seen.toString());
        JsonNode colour = seen.path("colour");
        assertTrue(
                colour.get(0).asInt() > 150
                        && colour.get(1).asInt() < 60
                        && colour.get(2).asInt() < 60,
                seen.toString());
    }
}
