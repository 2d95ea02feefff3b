package dev.parley.recorder.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** What is sent, and what the answer must name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fps\":0} | fps",
                "{\"fps\":500} | fps",
                "{\"width\":641} | even",
                "{\"width\":10000} | width",
                "{\"recordFormat\":3} | recordFormat",
                "{\"layoutMode\":3} | layoutMode",
                "{\"multiModeType\":0} | multiModeType",
                "{\"rtWatermark\":5} | rtWatermark",
                "{\"splitType\":3} | splitType",
                "{\"waterMarkUrl\":\"file:///etc/passwd\"} | waterMarkUrl",
                "{\"waterMarkUrl\":\"http:///x\"} | waterMarkUrl",
                "{\"splitFilePath\":\"../x\"} | splitFilePath",
                "{\"tagPosition\":\"[1]\"} | tagPosition",
                "{\"tagPosition\":\"{\\\"a\\\":0}\"} | tagPosition",
                "{\"mixPosition\":[{\"index\":1,\"x_offset\":600,\"y_offset\":0,\"width\":160,\"height\":90}]} | inside",
                "{\"mixPosition\":[{\"index\":1,\"x_offset\":-1,\"y_offset\":0,\"width\":160,\"height\":90}]} | inside",
                "{\"mixPosition\":[{\"index\":1,\"x_offset\":0}]} | each window has",
                "{\"mixPosition\":[{\"index\":1,\"x_offset\":0,\"y_offset\":0,\"width\":160,\"height\":90},"
                        + "{\"index\":2,\"x_offset\":159,\"y_offset\":89,\"width\":160,\"height\":90}]} | overlap",
                "{\"mixPosition\":[{\"index\":1,\"x_offset\":0,\"y_offset\":0,\"width\":160,\"height\":90},"
                        + "{\"index\":1,\"x_offset\":200,\"y_offset\":0,\"width\":160,\"height\":90}]} | twice"
            })
    void aParameterThatCannotBeIsRefusedWithWhatToChange(String param, String said) throws Exception {
        var wanted = wanted("", new ObjectMapper().readValue(param, RecordParam.class));
        var refusal = assertThrows(RefusedException.class, () -> RecordRules.checked(wanted));
        assertEquals(ErrorCode.RECORDING_PARAMETER, refusal.code);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }

    @Test
    void tagsWithQuotesAndWithoutAnyAreRead() {
        assertEquals(Map.of("a\"b", 2, "客户", 1), TagPositions.parse(" { \"a\\\"b\" : 2 , \"客户\":1 } "));
        assertEquals(Map.of(), TagPositions.parse("{}"));
        assertEquals(Map.of(), TagPositions.parse(null));
        for (String wrong : List.of("{", "{\"a\"}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}"))
            assertThrows(IllegalArgumentException.class, () -> TagPositions.parse(wrong), wrong);
    }

    private static StartRecording wanted(String path) {
        return wanted(path, RecordParam.DEFAULTS);
    }

    private static StartRecording wanted(String path, RecordParam param) {
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
        return new StartRecording("r1", "room", "bank", "app", "space", relay, "", "", path, "", param);
    }
}
