package dev.parley.recorder.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {
    @Test
    void aWantedPathStaysInTheApplicationsOwnFolder() {
        assertEquals("files/bank/2026/a.mp4", RecordRules.resultPath(RecordRules.checked(wanted("/2026/a.mp4"))));
        assertEquals("files/bank/vod/r1.mp4", RecordRules.resultPath(RecordRules.checked(wanted("vod/"))));
        assertEquals(
                "files/bank/recordings/r2/r1.mp4",
                RecordRules.resultPath(RecordRules.checked(wanted("recordings/r2"))));
        assertEquals("recordings/r1/r1.mp4", RecordRules.resultPath(RecordRules.checked(wanted(""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/a.mp4", "a/../../b", "a//b", "./a", "a\\b", "a\u0000b"})
    void aPathThatStepsOutIsRefused(String path) {
        var refusal = assertThrows(RefusedException.class, () -> RecordRules.checked(wanted(path)), path);
        assertEquals(ErrorCode.RECORDING_PARAMETER, refusal.code, path);
    }

    private static StartRecording wanted(String path) {
        var relay = new NodeView(
                "relay-1",
                "boot",
                NodeKind.RELAY,
                "http://relay",
                new MediaAddress("relay", 1, ""),
                "",
                0,
                0,
                false,
                0);
        return new StartRecording("r1", "room", "bank", "app", "space", relay, "", "", path, "", RecordParam.DEFAULTS);
    }
}
