package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("measures")
class BenchTest {
    @Test
    void theRelayAloneForwardsEveryPacketOfTheLoadClientAndTheBenchSaysSo(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("bench.json");
        String printed = RunningSuite.parley("bench", "relay", "--quick", "--json", json.toString());
        assertTrue(printed.contains("packets/CPU s"), printed);
        JsonNode relay = Suite.JSON.readTree(json.toFile()).at("/cases/0/relays/parley");
        assertTrue(relay.path("packetsPerCpuSecond").asLong() > 0, relay.toString());
        JsonNode window = relay.at("/windows/0");
        assertTrue(window.path("sent").asLong() > 0, relay.toString());
        assertEquals(10 * window.path("sent").asLong(), window.path("received").asLong(), relay.toString());
        assertEquals(0, window.path("repeated").asLong(), relay.toString());
        assertTrue(window.path("payloadsChecked").asLong() >= 10, relay.toString());
        assertEquals(0, window.path("payloadsBad").asLong(), relay.toString());
        assertTrue(relay.at("/delayUs/p50").asDouble() > 0, relay.toString());
    }
}
