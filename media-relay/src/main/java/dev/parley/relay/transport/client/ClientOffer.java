package dev.parley.relay.transport.client;

import dev.parley.rtp.sdp.ExtMap;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.PayloadType;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.SsrcGroup;
import dev.parley.rtp.sdp.SsrcLine;
import java.util.ArrayList;
import java.util.List;

/** Writes offers shaped like a browser's: max-bundle, rtcp-mux, trickle without candidates. */
final class ClientOffer {
    private static final List<String> VIDEO_FEEDBACK =
            List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
    private static final List<PayloadType> AUDIO =
            List.of(new PayloadType(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1", List.of("transport-cc")));
    private static final List<PayloadType> VIDEO = List.of(
            new PayloadType(96, "VP8", 90_000, 1, "", VIDEO_FEEDBACK),
            new PayloadType(97, "rtx", 90_000, 1, "apt=96", List.of()),
            new PayloadType(
                    102,
                    "H264",
                    90_000,
                    1,
                    "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                    VIDEO_FEEDBACK),
            new PayloadType(103, "rtx", 90_000, 1, "apt=102", List.of()));
    private static final List<ExtMap> EXTENSIONS = List.of(
            new ExtMap(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
            new ExtMap(2, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
            new ExtMap(3, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
            new ExtMap(4, "urn:ietf:params:rtp-hdrext:sdes:mid"));

    private ClientOffer() {}

    static SessionDescription of(
            String sessionId,
            long version,
            String ufrag,
            String pwd,
            Fingerprint fingerprint,
            List<ClientTrack> tracks) {
        var media = new ArrayList<MediaDescription>();
        for (ClientTrack track : tracks) {
            media.add(media(ufrag, pwd, fingerprint, track));
        }
        return SessionDescription.of(
                sessionId, version, false, tracks.stream().map(ClientTrack::mid).toList(), media);
    }

    private static MediaDescription media(String ufrag, String pwd, Fingerprint fingerprint, ClientTrack track) {
        boolean audio = track.kind().equals("audio");
        var media = MediaDescription.builder(track.kind(), track.mid())
                .direction(track.direction())
                .payloadTypes(audio ? AUDIO : VIDEO)
                .extensions(audio ? EXTENSIONS : EXTENSIONS.subList(1, 4))
                .ice(ufrag, pwd)
                .dtls(fingerprint, "actpass")
                .rtcpReducedSize(true);
        if (track.direction().sends()) {
            media.msid(track.streamId() + " " + track.streamId() + "-" + track.mid());
            var lines = new ArrayList<SsrcLine>();
            lines.add(new SsrcLine(track.ssrc(), "cname", "parley-client"));
            if (!audio) {
                lines.add(new SsrcLine(track.rtxSsrc(), "cname", "parley-client"));
                media.ssrcGroups(List.of(new SsrcGroup("FID", List.of(track.ssrc(), track.rtxSsrc()))));
            }
            media.ssrcs(lines);
        }
        return media.build();
    }
}
