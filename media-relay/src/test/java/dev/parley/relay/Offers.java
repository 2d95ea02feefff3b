package dev.parley.relay;

/** Offers as Chromium makes them, shortened to what the relay reads. */
public final class Offers {
    private static final String SESSION = """
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        a=msid-semantic: WMS s1
        """;
    private static final String TRANSPORT = """
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:UFRAG
        a=ice-pwd:asd88fgpdd777uzjYhagZgabcd
        a=ice-options:trickle
        a=fingerprint:sha-256 FINGERPRINT
        a=setup:actpass
        """;
    private static final String AUDIO = """
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9
        TRANSPORTa=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a=DIRECTION
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=rtpmap:9 G722/8000
        AUDIOSSRC\
        """;
    private static final String VIDEO = """
        m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 109 114 98 99
        TRANSPORTa=mid:1
        a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
        a=extmap:13 urn:3gpp:video-orientation
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
        a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
        a=DIRECTION
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:96 VP8/90000
        a=rtcp-fb:96 goog-remb
        a=rtcp-fb:96 transport-cc
        a=rtcp-fb:96 ccm fir
        a=rtcp-fb:96 nack
        a=rtcp-fb:96 nack pli
        a=rtpmap:97 rtx/90000
        a=fmtp:97 apt=96
        a=rtpmap:103 H264/90000
        a=rtcp-fb:103 goog-remb
        a=rtcp-fb:103 ccm fir
        a=rtcp-fb:103 nack
        a=rtcp-fb:103 nack pli
        a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
        a=rtpmap:104 rtx/90000
        a=fmtp:104 apt=103
        a=rtpmap:109 H264/90000
        a=rtcp-fb:109 nack
        a=rtcp-fb:109 nack pli
        a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
        a=rtpmap:114 rtx/90000
        a=fmtp:114 apt=109
        a=rtpmap:98 VP9/90000
        a=fmtp:98 profile-id=0
        a=rtpmap:99 rtx/90000
        a=fmtp:99 apt=98
        VIDEOSSRC\
        """;

    private static final String FINGERPRINT =
            "7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

    private Offers() {}

    /** A publisher's: audio on mid 0 (SSRC 1111), video on mid 1 (SSRC 2222, rtx 3333), VP8 preferred. */
    public static String up() {
        return make(
                "sendonly",
                "a=ssrc:1111 cname:c\n",
                "a=ssrc-group:FID 2222 3333\na=ssrc:2222 cname:c\na=ssrc:3333 cname:c\n");
    }

    /** The same with H264 preferred: the two H264 formats first on the m-line. */
    public static String upH264() {
        return up().replace("SAVPF 96 97 103 104 109 114 98 99", "SAVPF 103 104 109 114 96 97 98 99");
    }

    /** A publisher's of several sizes. @param lines that say which, each ended by a line feed */
    public static String upSimulcast(String lines) {
        return make("sendonly", "a=ssrc:1111 cname:c\n", lines);
    }

    /** A subscriber's: audio on mid 0, video on mid 1. */
    public static String down() {
        return make("recvonly", "", "");
    }

    private static String make(String direction, String audioSsrc, String videoSsrc) {
        return (SESSION + AUDIO.replace("AUDIOSSRC", audioSsrc) + VIDEO.replace("VIDEOSSRC", videoSsrc))
                .replace("TRANSPORT", TRANSPORT)
                .replace("UFRAG", "abcd")
                .replace("FINGERPRINT", FINGERPRINT)
                .replace("DIRECTION", direction)
                .replace("\n", "\r\n");
    }
}
