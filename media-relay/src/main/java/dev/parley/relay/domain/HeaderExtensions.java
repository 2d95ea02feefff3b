package dev.parley.relay.domain;

import dev.parley.rtp.sdp.ExtMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids of the header extensions (RFC 8285) that one side of the relay has agreed on; 0 = not in use.
 *
 * @param mid         RFC 9143 section 15
 * @param audioLevel  RFC 6464
 * @param orientation 3GPP TS 26.114, coordination of video orientation
 * @param transportCc draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2
 * @param rid         of a simulcast's streams, RFC 8852 section 3.1
 * @param repairedRid of their retransmissions, RFC 8852 section 3.2
 * @param colorSpace  of a key frame, 4 bytes: range and siting, and ITU-T H.273 codes of primaries, transfer and matrix (WebRTC's color-space extension).
 *                    Without it a receiver takes every picture for limited range BT.601, and shows the colours of a canvas too bright
 */
public record HeaderExtensions(
        int mid, int audioLevel, int orientation, int transportCc, int rid, int repairedRid, int colorSpace) {
    public static final String MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public static final String AUDIO_LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    public static final String ORIENTATION_URI = "urn:3gpp:video-orientation";
    public static final String TRANSPORT_CC_URI =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    public static final String RID_URI = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    public static final String REPAIRED_RID_URI = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    public static final String COLOR_SPACE_URI = "http://www.webrtc.org/experiments/rtp-hdrext/color-space";
    public static final HeaderExtensions NONE = new HeaderExtensions(0, 0, 0, 0);

    private static final List<String> KNOWN = List.of(MID_URI, AUDIO_LEVEL_URI, ORIENTATION_URI, COLOR_SPACE_URI);
    private static final List<String> SIMULCAST = List.of(RID_URI, REPAIRED_RID_URI);

    /** Without simulcast. */
    public HeaderExtensions(int mid, int audioLevel, int orientation, int transportCc) {
        this(mid, audioLevel, orientation, transportCc, 0, 0, 0);
    }

    /**
     * Of an offered m-line, those that the relay knows, without direction: what it answers. Ids above 14 would need two-byte headers.
     *
     * @param transportCc transport-wide congestion control is wanted
     * @param simulcast   the streams of a simulcast are told apart by their names
     */
    static List<ExtMap> accepted(List<ExtMap> offered, boolean transportCc, boolean simulcast) {
        List<ExtMap> accepted = new ArrayList<>();
        for (ExtMap map : offered) {
            boolean known = KNOWN.contains(map.uri())
                    || transportCc && map.uri().equals(TRANSPORT_CC_URI)
                    || simulcast && SIMULCAST.contains(map.uri());
            if (known && map.id() >= 1 && map.id() <= 14) accepted.add(new ExtMap(map.id(), map.uri()));
        }
        return accepted;
    }

    static HeaderExtensions of(List<ExtMap> maps) {
        return new HeaderExtensions(
                id(maps, MID_URI),
                id(maps, AUDIO_LEVEL_URI),
                id(maps, ORIENTATION_URI),
                id(maps, TRANSPORT_CC_URI),
                id(maps, RID_URI),
                id(maps, REPAIRED_RID_URI),
                id(maps, COLOR_SPACE_URI));
    }

    /** Id to URI, as a tap's TRAK tells it; without what only means something on the way to the relay. */
    Map<Integer, String> toMap() {
        Map<Integer, String> map = new TreeMap<>();
        if (mid != 0) map.put(mid, MID_URI);
        if (audioLevel != 0) map.put(audioLevel, AUDIO_LEVEL_URI);
        if (orientation != 0) map.put(orientation, ORIENTATION_URI);
        if (colorSpace != 0) map.put(colorSpace, COLOR_SPACE_URI);
        return map;
    }

    private static int id(List<ExtMap> maps, String uri) {
        for (ExtMap map : maps) if (map.uri().equals(uri)) return map.id();
        return 0;
    }
}
