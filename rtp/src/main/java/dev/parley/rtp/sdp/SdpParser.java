package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.List;

/** Text to records: one pass over the lines, m-lines collected by {@link MediaReader}. One use, one thread. */
final class SdpParser {
    private final String text;
    private int lineNumber;

    private String sessionId = "0";
    private long sessionVersion;
    private final List<String> bundle = new ArrayList<>();
    private boolean iceLite;
    private String iceUfrag = "";
    private String icePwd = "";
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private String setup = "";
    private MediaDirection direction = MediaDirection.SENDRECV;
    private String connection = "";
    private final List<Attribute> other = new ArrayList<>();
    private final List<MediaReader> media = new ArrayList<>();

    SdpParser(String text) {
        this.text = text;
    }

    SessionDescription parse() {
        if (text == null || text.isBlank()) {
            throw new SdpException(0, "empty");
        }
        if (text.length() > SdpLimits.TEXT_CHARS_MAX) {
            throw new SdpException(0, "longer than " + SdpLimits.TEXT_CHARS_MAX + " characters");
        }
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int stop = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            lineNumber++;
            if (stop > start) {
                line(start, stop);
            }
            start = end + 1;
        }
        if (lineNumber == 0 || sessionId.equals("0") && media.isEmpty()) {
            throw new SdpException(0, "neither an o= line nor an m= line");
        }
        return new SessionDescription(
                sessionId,
                sessionVersion,
                bundle,
                iceLite,
                iceUfrag,
                icePwd,
                fingerprints,
                setup,
                other,
                media.stream().map(MediaReader::build).toList());
    }

    private void line(int start, int stop) {
        if (stop - start > SdpLimits.LINE_CHARS_MAX) {
            throw new SdpException(lineNumber, "longer than " + SdpLimits.LINE_CHARS_MAX + " characters");
        }
        String line = text.substring(start, stop);
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < 0x20 && line.charAt(i) != '\t') {
                throw new SdpException(lineNumber, "control character");
            }
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw new SdpException(lineNumber, "not of the form x=value");
        }
        if (lineNumber == 1 && line.charAt(0) != 'v') {
            throw new SdpException(1, "does not begin with v=");
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'v' -> version(value);
            case 'o' -> origin(value);
            case 'm' -> mediaLine(value);
            case 'c' -> {
                if (media.isEmpty()) {
                    connection = value;
                } else {
                    media.getLast().connection(value);
                }
            }
            case 'a' -> attribute(value);
            default -> {} // s, t, b, i, u, e, p, k, r, z: nothing that WebRTC uses
        }
    }

    private void version(String value) {
        if (!value.strip().equals("0")) {
            throw new SdpException(lineNumber, "version is not 0");
        }
    }

    private void origin(String value) {
        String[] fields = value.strip().split(" +", 7);
        if (fields.length < 6) {
            throw new SdpException(lineNumber, "o= needs six fields");
        }
        if (fields[1].length() > 20 || fields[1].isEmpty() || !fields[1].chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SdpException(lineNumber, "session id is no 64-bit number");
        }
        sessionId = fields[1];
        sessionVersion = Numbers.parse(fields[2], 0, Long.MAX_VALUE, 0);
    }

    private void mediaLine(String value) {
        if (media.size() == SdpLimits.MEDIA_MAX) {
            throw new SdpException(lineNumber, "more than " + SdpLimits.MEDIA_MAX + " m-lines");
        }
        media.add(new MediaReader(value, direction, connection, lineNumber));
    }

    private void attribute(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        if (name.isEmpty() || name.indexOf(' ') >= 0) {
            throw new SdpException(lineNumber, "attribute without a name");
        }
        if (media.isEmpty()) {
            sessionAttribute(name, value);
        } else {
            media.getLast().attribute(name, value, lineNumber);
        }
    }

    private void sessionAttribute(String name, String value) {
        switch (name) {
            case "group" -> group(value);
            case "ice-lite" -> iceLite = true;
            case "ice-ufrag" -> iceUfrag = MediaReader.iceToken(value, lineNumber);
            case "ice-pwd" -> icePwd = MediaReader.iceToken(value, lineNumber);
            case "fingerprint" -> MediaReader.add(fingerprints, MediaReader.fingerprint(value, lineNumber), lineNumber);
            case "setup" -> setup = MediaReader.setup(value, lineNumber);
            case "sendrecv", "sendonly", "recvonly", "inactive" -> direction = MediaDirection.of(name);
            default -> MediaReader.add(other, new Attribute(name, value), lineNumber);
        }
    }

    private void group(String value) {
        String[] fields = value.strip().split(" +");
        if (fields[0].equals("BUNDLE") && bundle.isEmpty()) {
            for (int i = 1; i < fields.length; i++) {
                MediaReader.add(bundle, fields[i], lineNumber);
            }
        } else {
            MediaReader.add(other, new Attribute("group", value), lineNumber);
        }
    }
}
