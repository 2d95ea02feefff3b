package dev.parley.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void theJsonHasMediansRatiosDelaysAndEveryWindow(@TempDir Path folder) throws Exception {
        var report = new Report(Map.of("windows", "2"));
        var byRelay = new LinkedHashMap<String, Measured>();
        byRelay.put("parley", of(0.1));
        byRelay.put("janus", of(0.3));
        report.add("fan-10", "1 to 10", byRelay);
        assertTrue(report.isSound());
        report.finish(folder.resolve("out.json"));
        JsonNode json = new ObjectMapper().readTree(folder.resolve("out.json").toFile());
        assertEquals("2", json.at("/settings/windows").asText());
        assertTrue(json.at("/machine/cores").asInt() > 0);
        JsonNode one = json.at("/cases/0");
        assertEquals("fan-10", one.path("name").asText());
        assertEquals(10_000, one.at("/relays/parley/packetsPerCpuSecond").asInt());
        assertEquals(3, one.at("/parleyTimes/janus").asDouble(), 0.01);
        assertEquals(2, one.at("/relays/janus/windows").size());
        assertEquals(1_000, one.at("/relays/janus/windows/1/received").asInt());
        assertEquals(20, one.at("/relays/janus/delayUs/p99").asDouble(), 0.1);
    }

    @Test
    void aLoadThatWasTheLimitSpoilsTheReport() throws Exception {
        var measured = new Measured();
        var window = MeasuredTest.window(10, 10, 0.1, 20_000);
        measured.add(new Measured.Window(
                window.figures(), 0.1, 0.91 * window.figures().seconds(), 0));
        var report = new Report(Map.of());
        report.add("fan-10", "1 to 10", Map.of("parley", measured));
        assertFalse(report.isSound());
    }

    private static Measured of(double cpu) {
        var measured = new Measured();
        measured.add(MeasuredTest.window(1_000, 1_000, cpu, 20_000));
        measured.add(MeasuredTest.window(1_000, 1_000, cpu, 20_000));
        return measured;
    }
}
