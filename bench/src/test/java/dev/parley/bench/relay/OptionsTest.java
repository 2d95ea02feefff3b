package dev.parley.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void quickMeansParleyAlone() {
        var options = Options.parse("--relay-app", "x", "--quick", "--relays", "janus");
        assertTrue(options.quick());
        assertEquals(List.of("parley"), options.relays());
    }

    @Test
    void listsAreSplitAndFlagsToo() {
        var options =
                Options.parse("--relay-app", "x", "--cases", "rooms,audio", "--relay-flags", "-Xmx1m\n-Dpath=/a b");
        assertEquals(List.of("rooms", "audio"), options.cases());
        assertEquals(List.of("-Xmx1m", "-Dpath=/a b"), options.flags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fast",
                "--relays mediasoup",
                "--windows 0",
                "--seconds",
                "--windows x",
                "--address ::1",
                "--cases nothing",
            })
    void whatItDoesNotKnowIsRefused(String wrong) {
        var arguments = new java.util.ArrayList<>(List.of("--relay-app", "x"));
        arguments.addAll(List.of(wrong.split(" ")));
        assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments.toArray(String[]::new)));
    }
}
