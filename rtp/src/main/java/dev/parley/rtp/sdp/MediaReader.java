package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the lines of one m-section. One use, one thread. */
final class MediaReader {
    /** What is known of a payload type so far: its lines may come in any order. */
    private static final class Format {
        String codec = "";
        int clockRate;
        int channels = 1;
        String fmtp = "";
        final List<String> feedback = new ArrayList<>();
    }

    private final MediaDescription.Builder b = new MediaDescription.Builder();
    private final Map<Integer, Format> formats = new LinkedHashMap<>();
    private final List<String> wildcardFeedback = new ArrayList<>();
    private final List<ExtMap> extensions = new ArrayList<>();
    private final List<SsrcLine> ssrcs = new ArrayList<>();
    private final List<SsrcGroup> groups = new ArrayList<>();
    private final List<Rid> rids = new ArrayList<>();
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Attribute> other = new ArrayList<>();

    /** @param value what follows "m="; direction and connection: the session's defaults */
    MediaReader(String value, MediaDirection direction, String connection, int line) {
        String[] fields = value.strip().split(" +");
        if (fields.length < 4) {
            throw new SdpException(line, "m= needs kind, port, protocol and formats");
        }
        b.kind = fields[0];
        String port = fields[1].indexOf('/') < 0 ? fields[1] : fields[1].substring(0, fields[1].indexOf('/'));
        b.port = Numbers.parse(port, 0, 65535, -1);
        if (b.port < 0) {
            throw new SdpException(line, "port is not 0 to 65535");
        }
        b.protocol = fields[2];
        b.direction = direction;
        b.connection = connection;
        b.rtcpMux = false;
        if (fields.length - 3 > SdpLimits.ENTRIES_MAX) {
            throw new SdpException(line, "too many formats");
        }
        if (fields[2].contains("RTP/")) {
            for (int i = 3; i < fields.length; i++) {
                int number = Numbers.parse(fields[i], 0, 127, -1);
                if (number < 0) {
                    throw new SdpException(line, "payload type is not 0 to 127");
                }
                formats.computeIfAbsent(number, MediaReader::staticFormat);
            }
        } else {
            b.formats = List.of(fields).subList(3, fields.length);
        }
    }

    /** RFC 3551 section 6: the static types that still occur. */
    private static Format staticFormat(int number) {
        var format = new Format();
        format.codec = switch (number) {
            case 0 -> "PCMU";
            case 8 -> "PCMA";
            case 9 -> "G722";
            case 13 -> "CN";
            default -> "";
        };
        format.clockRate = format.codec.isEmpty() ? 0 : 8000;
        return format;
    }

    void connection(String value) {
        b.connection = value;
    }

    void attribute(String name, String value, int line) {
        switch (name) {
            case "mid" -> b.mid = token(value, line);
            case "sendrecv", "sendonly", "recvonly", "inactive" -> b.direction = MediaDirection.of(name);
            case "rtpmap" -> rtpmap(value, line);
            case "fmtp" -> fmtp(value, line);
            case "rtcp-fb" -> feedback(value, line);
            case "extmap" -> extmap(value, line);
            case "ssrc" -> ssrc(value, line);
            case "ssrc-group" -> ssrcGroup(value, line);
            case "msid" -> b.msid = value.strip();
            case "ice-ufrag" -> b.iceUfrag = iceToken(value, line);
            case "ice-pwd" -> b.icePwd = iceToken(value, line);
            case "fingerprint" -> add(fingerprints, fingerprint(value, line), line);
            case "setup" -> b.setup = setup(value, line);
            case "candidate" -> candidate(value, line);
            case "end-of-candidates" -> b.endOfCandidates = true;
            case "rtcp-mux" -> b.rtcpMux = true;
            case "rtcp-rsize" -> b.rtcpReducedSize = true;
            case "rid" -> rid(value, line);
            case "simulcast" -> b.simulcast = value.strip();
            default -> add(other, new Attribute(name, value), line);
        }
    }

    MediaDescription build() {
        b.payloadTypes = formats.entrySet().stream().map(this::payloadType).toList();
        b.extensions = extensions;
        b.ssrcs = ssrcs;
        b.ssrcGroups = groups;
        b.rids = rids;
        b.fingerprints = fingerprints;
        b.candidates = candidates;
        b.other = other;
        return b.build();
    }

    private PayloadType payloadType(Map.Entry<Integer, Format> entry) {
        Format f = entry.getValue();
        var feedback = new ArrayList<>(f.feedback);
        for (String wild : wildcardFeedback) {
            if (!feedback.contains(wild)) {
                feedback.add(wild);
            }
        }
        return new PayloadType(entry.getKey(), f.codec, f.clockRate, f.channels, f.fmtp, feedback);
    }

    /** The format that a line "96 ..." is about; null when the m-line does not list it, such lines mean nothing. */
    private Format format(String value, int line) {
        int space = value.indexOf(' ');
        int number = space <= 0 ? -1 : Numbers.parse(value.substring(0, space), 0, 127, -1);
        if (number < 0) {
            throw new SdpException(line, "payload type is not 0 to 127");
        }
        return formats.get(number);
    }

    private static String rest(String value) {
        return value.substring(value.indexOf(' ') + 1).strip();
    }

    private void rtpmap(String value, int line) {
        Format format = format(value, line);
        String[] fields = rest(value).split("/");
        if (fields.length < 2 || fields[0].isBlank()) {
            throw new SdpException(line, "rtpmap needs codec/clock");
        }
        int clock = Numbers.parse(fields[1], 1, 10_000_000, -1);
        int channels = fields.length > 2 ? Numbers.parse(fields[2], 1, 255, -1) : 1;
        if (clock < 0 || channels < 0) {
            throw new SdpException(line, "rtpmap with an impossible clock rate or channel count");
        }
        if (format != null) {
            format.codec = fields[0];
            format.clockRate = clock;
            format.channels = channels;
        }
    }

    private void fmtp(String value, int line) {
        Format format = format(value, line);
        if (format != null) {
            format.fmtp = rest(value);
        }
    }

    private void feedback(String value, int line) {
        if (value.startsWith("* ")) {
            add(wildcardFeedback, rest(value), line);
            return;
        }
        Format format = format(value, line);
        if (format != null) {
            add(format.feedback, rest(value), line);
        }
    }

    private void extmap(String value, int line) {
        String[] fields = value.strip().split(" +", 3);
        int slash = fields[0].indexOf('/');
        int id = Numbers.parse(slash < 0 ? fields[0] : fields[0].substring(0, slash), 1, 65535, -1);
        if (id < 0 || fields.length < 2) {
            throw new SdpException(line, "extmap needs an id and a URI");
        }
        MediaDirection direction = slash < 0 ? null : MediaDirection.of(fields[0].substring(slash + 1));
        add(extensions, new ExtMap(id, direction, fields[1], fields.length > 2 ? fields[2] : ""), line);
    }

    private void ssrc(String value, int line) {
        String[] fields = value.strip().split(" +", 2);
        long ssrc = Numbers.parse(fields[0], 0, 0xFFFF_FFFFL, -1);
        if (ssrc < 0) {
            throw new SdpException(line, "SSRC is no 32-bit number");
        }
        String attribute = fields.length > 1 ? fields[1] : "";
        int colon = attribute.indexOf(':');
        add(
                ssrcs,
                colon < 0
                        ? new SsrcLine(ssrc, attribute, "")
                        : new SsrcLine(ssrc, attribute.substring(0, colon), attribute.substring(colon + 1)),
                line);
    }

    private void ssrcGroup(String value, int line) {
        String[] fields = value.strip().split(" +");
        var members = new ArrayList<Long>();
        for (int i = 1; i < fields.length; i++) {
            long ssrc = Numbers.parse(fields[i], 0, 0xFFFF_FFFFL, -1);
            if (ssrc < 0) {
                throw new SdpException(line, "SSRC is no 32-bit number");
            }
            add(members, ssrc, line);
        }
        add(groups, new SsrcGroup(fields[0], members), line);
    }

    private void rid(String value, int line) {
        String[] fields = value.strip().split(" +", 3);
        if (fields.length < 2) {
            throw new SdpException(line, "rid needs an id and a direction");
        }
        add(rids, new Rid(fields[0], fields[1], fields.length > 2 ? fields[2] : ""), line);
    }

    private void candidate(String value, int line) {
        String[] f = value.strip().split(" +");
        if (f.length < 8 || !f[6].equals("typ")) {
            throw new SdpException(
                    line, "candidate needs foundation, component, protocol, priority, address, port, typ");
        }
        int component = Numbers.parse(f[1], 1, 256, -1);
        long priority = Numbers.parse(f[3], 0, 0xFFFF_FFFFL, -1);
        int port = Numbers.parse(f[5], 0, 65535, -1);
        if (component < 0 || priority < 0 || port < 0) {
            throw new SdpException(line, "candidate with an impossible number");
        }
        String tcpType = "";
        for (int i = 8; i + 1 < f.length; i += 2) {
            if (f[i].equals("tcptype")) {
                tcpType = f[i + 1];
            }
        }
        String protocol = f[2].toLowerCase(Locale.ROOT);
        add(candidates, new Candidate(f[0], component, protocol, priority, f[4], port, f[7], tcpType), line);
    }

    static Fingerprint fingerprint(String value, int line) {
        String[] fields = value.strip().split(" +");
        if (fields.length != 2 || !fields[1].matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){0,127}")) {
            throw new SdpException(line, "fingerprint needs an algorithm and hexadecimal bytes");
        }
        return new Fingerprint(fields[0], fields[1]);
    }

    static String setup(String value, int line) {
        String setup = value.strip();
        return switch (setup) {
            case "actpass", "active", "passive", "holdconn" -> setup;
            default -> throw new SdpException(line, "setup is not actpass, active, passive or holdconn");
        };
    }

    /** RFC 8839 section 5.4: ice-chars, 4 to 256 for the ufrag and 22 to 256 for the password; the lower bounds are checked by ICE. */
    static String iceToken(String value, int line) {
        return token(value, line);
    }

    private static String token(String value, int line) {
        String token = value.strip();
        if (token.isEmpty() || token.length() > 256 || token.indexOf(' ') >= 0) {
            throw new SdpException(line, "not a token of 1 to 256 characters");
        }
        return token;
    }

    static <T> void add(List<T> list, T value, int line) {
        if (list.size() == SdpLimits.ENTRIES_MAX) {
            throw new SdpException(line, "more than " + SdpLimits.ENTRIES_MAX + " entries of one kind");
        }
        list.add(value);
    }
}
