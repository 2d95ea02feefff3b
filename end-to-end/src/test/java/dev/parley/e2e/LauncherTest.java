package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class LauncherTest {
    @Test
    void statusShowsEveryProcessReadyAndBelowTheMemoryLimit(Suite suite) throws Exception {
        JsonNode status = Suite.JSON.readTree(RunningSuite.parley("status", "--json"));
        assertTrue(status.path("ready").asBoolean(), status.toString());
        Set<String> names = new HashSet<>();
        long residentKiB = 0;
        for (JsonNode process : status.path("processes")) {
            names.add(process.path("name").asText());
            residentKiB += process.path("residentKiB").asLong();
            assertEquals("UP", process.path("health").asText(), process.toString());
        }
        assertEquals(Set.of("infra", "signaling", "account", "master", "relay", "recorder", "vod"), names);
        assertTrue(residentKiB > 0 && residentKiB < 2.5 * 1024 * 1024, residentKiB + " KiB resident");
    }

    @Test
    void aTokenForToolsNamesItsWhipAndWhepAddresses(Suite suite) throws Exception {
        String printed = RunningSuite.parley("token", "--room", "tools", "--publish");
        assertTrue(printed.contains("/whip/tools"), printed);
    }

    @Test
    void theDoctorOpensAWebRtcConnectionToTheRelay(Suite suite) throws Exception {
        String printed = RunningSuite.parley("doctor");
        assertTrue(printed.contains("a connection to the relay opens"), printed);
    }
}
