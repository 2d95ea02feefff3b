package dev.parley.recorder.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** What a request to record may ask. Errors: RECORDING_PARAMETER, BAD_REQUEST with the field's name. */
public final class RecordRules {
    private static final Set<Integer> SAMPLE_RATES =
            Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);
    private static final int PATH_CHARS_MAX = 512;

    private RecordRules() {}

    /** The same request with every default filled in. */
    public static StartRecording checked(StartRecording r) {
        if (r.recordId() == null || !r.recordId().matches("[A-Za-z0-9_-]{1,64}"))
            throw bad("recordId: 1 to 64 of [A-Za-z0-9_-].");
        if (r.roomId() == null || r.roomId().isBlank() || r.roomId().length() > 64)
            throw bad("roomId: 1 to 64 characters.");
        if (r.relay() == null || r.relay().media() == null) throw bad("relay: must be a node with a media address.");
        RecordParam param = (r.param() == null ? RecordParam.DEFAULTS : r.param()).withDefaults();
        check(param);
        return new StartRecording(
                r.recordId(),
                r.roomId(),
                text(r.bizName()),
                text(r.appId()),
                text(r.workspaceId()),
                r.relay(),
                text(r.starterId()),
                text(r.thirdId()),
                path(text(r.filePath())),
                url(text(r.callbackUrl())),
                param);
    }

    /** Key of the film in the object store. A path that the caller wants is below a folder of its application, so that none reaches another's files. */
    public static String resultPath(StartRecording r) {
        String name = r.recordId() + (r.param().recordFormat() == 2 ? ".flv" : ".mp4");
        if (r.filePath().isEmpty()) return "recordings/" + r.recordId() + "/" + name;
        String wanted = "files/" + r.bizName() + "/" + r.filePath();
        return wanted.matches(".*\\.(mp4|flv)") ? wanted : wanted + "/" + name;
    }

    private static void check(RecordParam p) {
        range("width", p.width(), 32, 3_840);
        range("height", p.height(), 32, 2_160);
        if ((p.width() & 1) != 0 || (p.height() & 1) != 0) throw parameter("width and height: must be even.");
        range("fps", p.fps(), 1, 60);
        if (!SAMPLE_RATES.contains(p.sampleRate()))
            throw parameter("sampleRate: one of 8000 to 48000 as AAC knows them.");
        range("channels", p.channels(), 1, 2);
        range("audioCodeRate", p.audioCodeRate(), 8_000, 512_000);
        range("startTimeout", p.startTimeout(), 1, 86_400);
        range("recordTotalStream", p.recordTotalStream(), 0, 100);
        range("recordFormat", p.recordFormat(), 1, 2);
        if (p.tagFilter().length() > 256) throw parameter("tagFilter: at most 256 characters.");
    }

    /** Relative and without steps upward. */
    private static String path(String path) {
        String key = path.replaceAll("^/+|/+$", "");
        boolean odd = key.length() > PATH_CHARS_MAX
                || key.contains("\\")
                || key.chars().anyMatch(c -> c < ' ');
        if (odd || ("/" + key + "/").matches(".*/(\\.{0,2})/.*") && !key.isEmpty()) {
            throw parameter("filePath: a relative path without empty, . or .. parts.");
        }
        return key;
    }

    private static String url(String url) {
        if (url.isEmpty()) return url;
        try {
            var uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null) return url;
        } catch (URISyntaxException _) {
            // answered below
        }
        throw bad("callbackUrl: must be an http or https URL.");
    }

    private static void range(String field, int value, int least, int most) {
        if (value < least || value > most) throw parameter(field + ": " + least + " to " + most + ".");
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static RefusedException bad(String detail) {
        return new RefusedException(ErrorCode.BAD_REQUEST, detail);
    }

    private static RefusedException parameter(String detail) {
        return new RefusedException(ErrorCode.RECORDING_PARAMETER, detail);
    }
}
