package dev.parley.recorder.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.layout.Rect;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeMap;

/** What a request to record may ask. Errors: RECORDING_PARAMETER, BAD_REQUEST with the field's name. */
public final class RecordRules {
    private static final Set<Integer> SAMPLE_RATES =
            Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);
    private static final int PATH_CHARS_MAX = 512;
    private static final int WINDOWS_MAX = 25;
    private static final int NAME_CHARS_MAX = 256;
    private static final int URL_CHARS_MAX = 2_048;

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
                path("filePath", text(r.filePath())),
                url(text(r.callbackUrl())),
                param,
                short256("starterUid", text(r.starterUid())),
                short256("name", text(r.name())));
    }

    /** Key of the film in the object store. A path that the caller wants is below a folder of its application, so that none reaches another's files. */
    public static String resultPath(StartRecording r) {
        String name = r.recordId() + (r.param().recordFormat() == 2 ? ".flv" : ".mp4");
        if (r.filePath().isEmpty()) return "recordings/" + r.recordId() + "/" + name;
        String wanted = "files/" + r.bizName() + "/" + r.filePath();
        return wanted.matches(".*\\.(mp4|flv)") ? wanted : wanted + "/" + name;
    }

    /** Key of the separated file: where the caller wants it, or beside the film. */
    public static String splitPath(StartRecording r, String name) {
        String wanted = path("splitFilePath", r.param().splitFilePath());
        if (wanted.isEmpty()) return "recordings/" + r.recordId() + "/" + name;
        String key = "files/" + r.bizName() + "/" + wanted;
        return key.matches(".*\\.(mp4|flv)") ? key : key + "/" + name;
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
        range("splitType", p.splitType(), 0, 2);
        range("layoutMode", p.layoutMode(), 0, 2);
        range("multiModeType", p.multiModeType(), 1, 2);
        range("rtWatermark", p.rtWatermark(), 0, 4);
        range("waterMark", p.waterMark(), 0, 4);
        range("textWatermark", p.textWatermark(), 0, 4);
        range("endType", p.endType(), 0, 1);
        path("splitFilePath", p.splitFilePath());
        if (p.text() != null && (p.text().length() > 128 || p.text().chars().anyMatch(c -> c < ' ')))
            throw parameter("text: at most 128 characters in one line.");
        try {
            TagPositions.parse(p.tagPosition());
        } catch (IllegalArgumentException e) {
            throw parameter("tagPosition: JSON text such as {\"tag\":1} with indexes from 1; " + e.getMessage() + ".");
        }
        if (p.mixPosition() != null) windows(p);
        if (p.waterMarkUrl() != null && !p.waterMarkUrl().isBlank() && !isWeb(p.waterMarkUrl()))
            throw parameter("waterMarkUrl: must be an http or https URL of at most " + URL_CHARS_MAX + " characters.");
        if (p.tagFilter().length() > 256) throw parameter("tagFilter: at most 256 characters.");
    }

    private static void windows(RecordParam p) {
        if (p.mixPosition().size() > WINDOWS_MAX) throw parameter("mixPosition: at most " + WINDOWS_MAX + " windows.");
        var placed = new TreeMap<Integer, Rect>();
        for (RecordParam.MixWindow w : p.mixPosition()) {
            if (w == null
                    || w.index() == null
                    || w.x_offset() == null
                    || w.y_offset() == null
                    || w.width() == null
                    || w.height() == null)
                throw parameter("mixPosition: each window has index, x_offset, y_offset, width and height.");
            range("mixPosition.index", w.index(), 1, 999);
            var window = new Rect(w.x_offset(), w.y_offset(), w.width(), w.height());
            if (w.width() < 16 || w.height() < 16 || !window.isWithin(p.width(), p.height()))
                throw parameter(
                        "mixPosition: window " + w.index() + " must be at least 16 by 16 and inside the picture.");
            for (var other : placed.entrySet()) {
                if (other.getValue().overlaps(window))
                    throw parameter("mixPosition: windows " + other.getKey() + " and " + w.index() + " overlap.");
            }
            if (placed.put(w.index(), window) != null)
                throw parameter("mixPosition: index " + w.index() + " is there twice.");
        }
    }

    /** Relative and without steps upward. */
    private static String path(String field, String path) {
        String key = path.replaceAll("^/+|/+$", "");
        boolean odd = key.length() > PATH_CHARS_MAX
                || key.contains("\\")
                || key.chars().anyMatch(c -> c < ' ');
        if (odd || ("/" + key + "/").matches(".*/(\\.{0,2})/.*") && !key.isEmpty()) {
            throw parameter(field + ": a relative path without empty, . or .. parts.");
        }
        return key;
    }

    private static String url(String url) {
        if (url.isEmpty() || isWeb(url)) return url;
        throw bad("callbackUrl: must be an http or https URL.");
    }

    private static boolean isWeb(String url) {
        try {
            var uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && url.length() <= URL_CHARS_MAX;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static void range(String field, int value, int least, int most) {
        if (value < least || value > most) throw parameter(field + ": " + least + " to " + most + ".");
    }

    private static String short256(String field, String value) {
        if (value.length() > NAME_CHARS_MAX) throw bad(field + ": at most " + NAME_CHARS_MAX + " characters.");
        return value;
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
