package dev.parley.bench.load;

import dev.parley.rtp.sdp.Candidate;
import dev.parley.rtp.sdp.ExtMap;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaDirection;
import dev.parley.rtp.sdp.PayloadType;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.SsrcLine;
import java.util.ArrayList;
import java.util.List;

/**
 * The load client's descriptions: what it offers is what it does. NACK and PLI are offered, because relays keep packets for them, though the
 * client repairs nothing: a lost packet shall be seen. Transport-wide congestion control is not, as nobody here would feed it.
 */
final class LoadSdp {
    static final int OPUS = 111, VP8 = 96;
    static final int AUDIO_LEVEL = 1;
    private static final List<PayloadType> AUDIO =
            List.of(new PayloadType(OPUS, "opus", 48_000, 2, "minptime=10;useinbandfec=1", List.of()));
    private static final List<PayloadType> VIDEO =
            List.of(new PayloadType(VP8, "VP8", 90_000, 1, "", List.of("goog-remb", "ccm fir", "nack", "nack pli")));
    private static final List<ExtMap> AUDIO_EXTENSIONS =
            List.of(new ExtMap(AUDIO_LEVEL, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"));

    private final String sessionId;
    private final String ufrag;
    private final String pwd;
    private final Fingerprint fingerprint;
    private final List<Candidate> candidates;

    LoadSdp(String sessionId, String ufrag, String pwd, Fingerprint fingerprint, String address, int port) {
        this.sessionId = sessionId;
        this.ufrag = ufrag;
        this.pwd = pwd;
        this.fingerprint = fingerprint;
        this.candidates =
                List.of(new Candidate("1", 1, "udp", 126L << 24 | 65_535 << 8 | 255, address, port, "host", ""));
    }

    /** A publisher's: one m-line a track, mid = index. */
    SessionDescription offer(List<Track> tracks) {
        var media = new ArrayList<MediaDescription>();
        for (Track track : tracks) {
            String mid = String.valueOf(media.size());
            media.add(line(track.video(), mid, MediaDirection.SENDONLY, "active")
                    .msid("load load-" + mid)
                    .ssrcs(List.of(new SsrcLine(track.ssrc(), "cname", "load")))
                    .build());
        }
        return session(media);
    }

    /** A subscriber's: one m-line a stream it wants, mid = index. @param video for each */
    SessionDescription wants(List<Boolean> video) {
        var media = new ArrayList<MediaDescription>();
        for (boolean one : video) {
            media.add(line(one, String.valueOf(media.size()), MediaDirection.RECVONLY, "active")
                    .build());
        }
        return session(media);
    }

    /** Takes all that is offered, in the payload types of the offer. */
    SessionDescription answer(SessionDescription offer) {
        var media = new ArrayList<MediaDescription>();
        for (MediaDescription line : offer.media()) {
            boolean video = line.kind().equals("video");
            var codec = line.payloadTypes().stream()
                    .filter(type -> type.is(video ? "VP8" : "opus"))
                    .toList();
            if (codec.isEmpty()) throw new IllegalArgumentException("neither VP8 nor Opus is offered:\n" + offer);
            media.add(line(video, line.mid(), line.direction().reversed(), "active")
                    .payloadTypes(codec.subList(0, 1))
                    .extensions(line.extensions().stream()
                            .filter(one -> one.uri().contains("audio-level"))
                            .toList())
                    .build());
        }
        return session(media);
    }

    /** The client is always the DTLS client, so that it may begin by itself. */
    private MediaDescription.Builder line(boolean video, String mid, MediaDirection direction, String setup) {
        return MediaDescription.builder(video ? "video" : "audio", mid)
                .direction(direction)
                .payloadTypes(video ? VIDEO : AUDIO)
                .extensions(video ? List.of() : AUDIO_EXTENSIONS)
                .ice(ufrag, pwd)
                .dtls(fingerprint, setup)
                .candidates(candidates)
                .endOfCandidates(true)
                .rtcpReducedSize(true);
    }

    private SessionDescription session(List<MediaDescription> media) {
        return SessionDescription.of(
                sessionId, 1, false, media.stream().map(MediaDescription::mid).toList(), media);
    }
}
