package dev.parley.relay.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.rtp.sdp.ExtMap;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaDirection;
import dev.parley.rtp.sdp.PayloadType;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.SsrcGroup;
import dev.parley.rtp.sdp.SsrcLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From a client's whole offer and the meaning of its m-lines to the relay's answer (RFC 3264, RFC 8829 section 5.3, RFC 9143). Pure. A
 * publisher's simulcast is taken in up to {@link UpTrack#ENCODINGS_MAX} sizes, by RID (RFC 8853) or by SSRC group.
 */
public final class OfferAnswer {
    /** The room, as far as a subscriber's answer needs it. */
    public interface Catalog {
        /** Null when there is no such track. */
        TrackFormat format(String feedId, MediaKind kind);

        /** Participant that publishes the feed. */
        String publisher(String feedId);

        /** For the stream on this m-line: the one in use, or a new one. {@code rtx}: for its retransmissions. */
        long ssrc(String mid, String feedId, boolean rtx);
    }

    private static final String TRANSPORT_CC = "transport-cc";
    private static final List<String> VIDEO_FEEDBACK = List.of("nack", "nack pli", "ccm fir");

    private final SessionDescription offer;
    private final Map<String, TrackBinding> bindings = new HashMap<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private final List<String> bundle = new ArrayList<>();
    private final List<TrackBinding> accepted = new ArrayList<>();

    private OfferAnswer(SessionDescription offer, List<TrackBinding> tracks) {
        this.offer = offer;
        if (offer.media().isEmpty()) throw refused("It has no m-line.");
        for (TrackBinding track : tracks) {
            if (offer.byMid(track.mid()) == null) throw refused("No m-line has the mid \"" + track.mid() + "\".");
            if (bindings.put(track.mid(), track) != null)
                throw new RefusedException(ErrorCode.BAD_REQUEST, "tracks: mid " + track.mid() + " stands twice.");
        }
        List<String> mids = offer.media().stream().map(MediaDescription::mid).toList();
        if (mids.stream().distinct().count() < mids.size()) throw refused("A mid stands twice.");
    }

    /** For a publisher: the relay receives. @param feeds those that the bindings may name */
    public static AnswerPlan<UpTrack> up(SessionDescription offer, List<FeedInfo> feeds, List<TrackBinding> bindings) {
        var answer = new OfferAnswer(offer, bindings);
        List<UpTrack> tracks = new ArrayList<>();
        for (MediaDescription line : offer.media()) {
            TrackBinding binding = answer.bindings.get(line.mid());
            boolean wanted = answer.usable(line)
                    && binding != null
                    && line.direction().sends()
                    && kind(line) == binding.kind()
                    && feeds.stream().anyMatch(f -> f.feedId().equals(binding.feedId()))
                    && tracks.stream()
                            .noneMatch(t -> t.feedId().equals(binding.feedId()) && t.kind() == binding.kind());
            PayloadType codec = wanted ? preferred(line) : null;
            if (codec == null) answer.decline(line);
            else tracks.add(answer.receive(line, binding, codec));
        }
        return new AnswerPlan<>(answer.media, answer.bundle, tracks, answer.accepted);
    }

    /** For a subscriber: the relay sends. */
    public static AnswerPlan<DownTrack> down(SessionDescription offer, List<TrackBinding> bindings, Catalog room) {
        var answer = new OfferAnswer(offer, bindings);
        List<DownTrack> tracks = new ArrayList<>();
        for (MediaDescription line : offer.media()) {
            TrackBinding binding = answer.bindings.get(line.mid());
            boolean wanted = answer.usable(line)
                    && binding != null
                    && line.direction().receives()
                    && kind(line) == binding.kind();
            TrackFormat format = wanted ? room.format(binding.feedId(), binding.kind()) : null;
            PayloadType codec = format == null ? null : matching(line, format);
            if (codec == null) answer.decline(line);
            else tracks.add(answer.send(line, binding, codec, format, room));
        }
        return new AnswerPlan<>(answer.media, answer.bundle, tracks, answer.accepted);
    }

    // ---- one m-line

    private UpTrack receive(MediaDescription line, TrackBinding binding, PayloadType codec) {
        PayloadType rtx = rtxOf(line, codec);
        List<String> feedback = new ArrayList<>();
        for (String one : codec.feedback()) {
            if (one.equals("nack")
                    || binding.kind() == MediaKind.VIDEO && (VIDEO_FEEDBACK.contains(one) || one.equals("goog-remb")))
                feedback.add(one);
        }
        List<Rid> rids = Simulcast.rids(line);
        List<ExtMap> extensions =
                HeaderExtensions.accepted(line.extensions(), codec.hasFeedback(TRANSPORT_CC), !rids.isEmpty());
        HeaderExtensions ids = HeaderExtensions.of(extensions);
        if (ids.transportCc() != 0) feedback.add(TRANSPORT_CC);
        add(common(line, codec.withFeedback(feedback), rtx, extensions)
                .direction(MediaDirection.RECVONLY)
                .rids(rids)
                .simulcast(Simulcast.answer(rids))
                .build());
        accepted.add(binding);
        var format = new TrackFormat(
                binding.kind(),
                codec.codec(),
                codec.number(),
                rtx == null ? -1 : rtx.number(),
                codec.clockRate(),
                binding.kind() == MediaKind.VIDEO ? 0 : codec.channels(),
                codec.fmtp(),
                feedback.contains("nack"),
                feedback.contains("goog-remb"),
                ids);
        return new UpTrack(
                line.mid(), binding.feedId(), binding.kind(), format, Simulcast.encodings(line, rids, rtx != null));
    }

    private DownTrack send(
            MediaDescription line, TrackBinding binding, PayloadType codec, TrackFormat format, Catalog room) {
        boolean video = binding.kind() == MediaKind.VIDEO;
        PayloadType rtx = codec.hasFeedback("nack") ? rtxOf(line, codec) : null;
        List<String> feedback = new ArrayList<>(codec.feedback().stream()
                .filter(one -> one.equals("nack") || video && VIDEO_FEEDBACK.contains(one))
                .toList());
        // A packet that is sent again as it was would need a new transport-wide number, and so be other bytes under its
        // SRTP index.
        boolean numbered = codec.hasFeedback(TRANSPORT_CC) && (rtx != null || !codec.hasFeedback("nack"));
        List<ExtMap> extensions = HeaderExtensions.accepted(line.extensions(), numbered, false);
        HeaderExtensions ids = HeaderExtensions.of(extensions);
        if (ids.transportCc() != 0) feedback.add(TRANSPORT_CC);
        long ssrc = room.ssrc(line.mid(), binding.feedId(), false);
        long rtxSsrc = rtx == null ? 0 : room.ssrc(line.mid(), binding.feedId(), true);
        String msid = binding.feedId() + " " + binding.feedId() + (video ? "-video" : "-audio");
        String cname = room.publisher(binding.feedId());
        List<SsrcLine> ssrcs = new ArrayList<>(ssrcLines(ssrc, cname, msid));
        if (rtx != null) ssrcs.addAll(ssrcLines(rtxSsrc, cname, msid));
        add(common(line, codec.withFeedback(feedback), rtx, extensions)
                .direction(MediaDirection.SENDONLY)
                .msid(msid)
                .ssrcs(ssrcs)
                .ssrcGroups(rtx == null ? List.of() : List.of(new SsrcGroup("FID", List.of(ssrc, rtxSsrc))))
                .build());
        accepted.add(binding);
        return new DownTrack(
                line.mid(),
                binding.feedId(),
                binding.kind(),
                format.codec(),
                codec.number(),
                rtx == null ? -1 : rtx.number(),
                ids,
                ssrc,
                rtxSsrc);
    }

    private static List<SsrcLine> ssrcLines(long ssrc, String cname, String msid) {
        return List.of(new SsrcLine(ssrc, "cname", cname), new SsrcLine(ssrc, "msid", msid));
    }

    /** Inactive where the line could be used later, refused (port 0) where it never can: RFC 3264 section 6, RFC 9143 section 7.3. */
    private void decline(MediaDescription line) {
        List<PayloadType> known = line.payloadTypes().stream()
                .filter(t -> known(t)
                        || t.repairs() >= 0
                                && line.payloadType(t.repairs()) != null
                                && known(line.payloadType(t.repairs())))
                .toList();
        if (usable(line) && !known.isEmpty()) {
            add(MediaDescription.builder(line.kind(), line.mid())
                    .protocol(line.protocol())
                    .payloadTypes(
                            known.stream().map(t -> t.withFeedback(List.of())).toList())
                    .extensions(HeaderExtensions.accepted(line.extensions(), false, false))
                    .rtcpReducedSize(line.rtcpReducedSize())
                    .direction(MediaDirection.INACTIVE)
                    .build());
            return;
        }
        List<PayloadType> any = line.payloadTypes().isEmpty()
                ? List.of()
                : List.of(line.payloadTypes().get(0));
        media.add(MediaDescription.builder(line.kind(), line.mid())
                .port(0)
                .protocol(line.protocol())
                .formats(line.formats())
                .payloadTypes(any)
                .rtcpMux(false)
                .direction(MediaDirection.INACTIVE)
                .build());
    }

    private static MediaDescription.Builder common(
            MediaDescription line, PayloadType codec, PayloadType rtx, List<ExtMap> extensions) {
        return MediaDescription.builder(line.kind(), line.mid())
                .protocol(line.protocol())
                .payloadTypes(rtx == null ? List.of(codec) : List.of(codec, rtx))
                .extensions(extensions)
                .rtcpReducedSize(line.rtcpReducedSize());
    }

    private void add(MediaDescription line) {
        media.add(line);
        if (offer.bundle().contains(line.mid())) bundle.add(line.mid());
    }

    /** RTP audio or video over the one transport that the relay gives, and not stopped by the client. */
    private boolean usable(MediaDescription line) {
        boolean stopped = line.port() == 0 && line.attribute("bundle-only") == null;
        boolean onTransport = line == offer.transportMedia() || offer.bundle().contains(line.mid());
        return line.isRtp() && line.protocol().contains("TLS") && kind(line) != null && !stopped && onTransport;
    }

    private static MediaKind kind(MediaDescription line) {
        return switch (line.kind()) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> null;
        };
    }

    // ---- codecs

    private static boolean known(PayloadType type) {
        return type.is("VP8") || type.is("opus") || type.is("H264") && H264Profile.usable(type) || recent(type);
    }

    /** Codecs that recorders do not film yet: taken only where the publisher offers nothing else. Of both the profile that everybody decodes. */
    private static boolean recent(PayloadType type) {
        return type.is("VP9") && isZero(type, "profile-id") || type.is("AV1") && isZero(type, "profile");
    }

    private static boolean isZero(PayloadType type, String parameter) {
        for (String one : type.fmtp().split(";"))
            if (one.strip().startsWith(parameter + "=")) return one.strip().equals(parameter + "=0");
        return true; // the default
    }

    /** The client's first choice among what the relay knows; of H264 the profile that everybody decodes, when offered. Null: nothing in common. */
    private static PayloadType preferred(MediaDescription line) {
        PayloadType first = line.payloadTypes().stream()
                .filter(OfferAnswer::known)
                .min(Comparator.comparing(OfferAnswer::recent)) // the first of equals
                .orElse(null);
        if (first == null || !first.is("H264")) return first;
        return line.payloadTypes().stream()
                .filter(t -> t.is("H264") && known(t) && H264Profile.of(t) == H264Profile.CONSTRAINED_BASELINE)
                .findFirst()
                .orElse(first);
    }

    /** The subscriber's payload type for what the publisher sends; null when it has none. */
    private static PayloadType matching(MediaDescription line, TrackFormat format) {
        var sent = new PayloadType(0, format.codec(), format.clockRate(), 1, format.fmtp(), List.of());
        PayloadType possible = null;
        for (PayloadType type : line.payloadTypes()) {
            if (!type.is(format.codec()) || type.clockRate() != format.clockRate()) continue;
            if ((type.is("VP9") || type.is("AV1")) && !recent(type)) continue;
            if (!type.is("H264")) return type;
            if (!H264Profile.usable(type)) continue;
            if (H264Profile.of(type) == H264Profile.of(sent)) return type;
            if (possible == null && H264Profile.of(type).decodes(H264Profile.of(sent))) possible = type;
        }
        return possible;
    }

    private static PayloadType rtxOf(MediaDescription line, PayloadType codec) {
        for (PayloadType type : line.payloadTypes()) if (type.repairs() == codec.number()) return type;
        return null;
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(ErrorCode.SDP_INVALID, detail);
    }
}
