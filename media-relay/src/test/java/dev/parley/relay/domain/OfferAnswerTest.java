package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.Offers;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaDirection;
import dev.parley.rtp.sdp.PayloadType;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferAnswerTest {
    private static final FeedInfo FEED = new FeedInfo("f", "p", "u", "n", "", "camera");
    private static final List<TrackBinding> BOTH =
            List.of(new TrackBinding("0", "f", MediaKind.AUDIO), new TrackBinding("1", "f", MediaKind.VIDEO));

    @Test
    void aPublisherIsAnsweredWithItsFirstChoiceAndNothingElse() {
        var plan = up(Offers.up());
        MediaDescription video = plan.media().get(1);
        assertEquals(
                List.of(96, 97),
                video.payloadTypes().stream().map(PayloadType::number).toList());
        assertEquals(MediaDirection.RECVONLY, video.direction());
        assertEquals(
                List.of("goog-remb", "ccm fir", "nack", "nack pli"),
                video.payloadType(96).feedback(),
                "transport-cc is worth nothing without its header extension");
        assertEquals(
                List.of("opus"),
                plan.media().get(0).payloadTypes().stream()
                        .map(PayloadType::codec)
                        .toList());
        assertEquals(List.of("0", "1"), plan.bundle());
        assertEquals(BOTH, plan.accepted());
        UpTrack track = plan.tracks().get(1);
        assertEquals(List.of(new UpEncoding("", 2222, 3333)), track.encodings());
        assertEquals(new HeaderExtensions(4, 0, 13, 0), track.format().extensions());
        assertEquals(
                new HeaderExtensions(4, 1, 0, 0), plan.tracks().get(0).format().extensions());
        assertTrue(track.format().nack() && track.format().remb());
        assertEquals(97, track.format().rtxPayloadType());
        assertFalse(plan.tracks().get(0).format().nack());
    }

    @Test
    void aSimulcastIsTakenInByItsNames() {
        String offer = Offers.upSimulcast("a=rid:q send\na=rid:h send\na=rid:f send\na=simulcast:send q;h;f\n");
        var plan = up(offer);
        MediaDescription video = plan.media().get(1);
        assertEquals("recv q;h;f", video.simulcast());
        assertEquals(
                List.of("q recv", "h recv", "f recv"),
                video.rids().stream().map(Rid::toString).toList());
        assertEquals(10, video.extensionId(HeaderExtensions.RID_URI));
        assertEquals(11, video.extensionId(HeaderExtensions.REPAIRED_RID_URI));
        UpTrack track = plan.tracks().get(1);
        assertEquals(
                List.of(new UpEncoding("q", 0, 0), new UpEncoding("h", 0, 0), new UpEncoding("f", 0, 0)),
                track.encodings());
        assertEquals(10, track.format().extensions().rid());
        assertEquals(0, plan.media().get(0).extensionId(HeaderExtensions.RID_URI), "audio has no sizes");
    }

    @Test
    void ofASimulcastThreeSizesAreTakenAndOfAlternativesTheFirst() {
        String five = "a=rid:1 send\na=rid:2 send\na=rid:3 send\na=rid:4 send\na=rid:5 send\n"
                + "a=simulcast:send 1,2;~3;4;5\n";
        assertEquals("recv 1;3;4", up(Offers.upSimulcast(five)).media().get(1).simulcast());
        String unknown = "a=rid:q send\na=rid:h recv\na=simulcast:send q;h;x;q\n";
        assertEquals("", up(Offers.upSimulcast(unknown)).media().get(1).simulcast(), "one is no simulcast");
        String unnamed = Offers.upSimulcast("a=rid:q send\na=rid:f send\na=simulcast:send q;f\n")
                .replace("a=extmap:10 ", "a=extmap:10 urn:x:");
        assertEquals("", up(unnamed).media().get(1).simulcast(), "the packets could not be told apart");
    }

    @Test
    void aSimulcastBySsrcGroupIsTakenIn() {
        String groups = "a=ssrc-group:SIM 2222 4444\na=ssrc-group:FID 2222 3333\na=ssrc-group:FID 4444 5555\n"
                + "a=ssrc:2222 cname:c\na=ssrc:3333 cname:c\na=ssrc:4444 cname:c\na=ssrc:5555 cname:c\n";
        var plan = up(Offers.upSimulcast(groups));
        assertEquals(
                List.of(new UpEncoding("", 2222, 3333), new UpEncoding("", 4444, 5555)),
                plan.tracks().get(1).encodings());
        assertEquals("", plan.media().get(1).simulcast());
    }

    @Test
    void transportWideFeedbackIsAgreedOnWhereExtensionAndFeedbackAreOffered() {
        String extension = "a=extmap:5 " + HeaderExtensions.TRANSPORT_CC_URI + "\r\na=sendonly";
        var tracks = up(Offers.up().replace("a=sendonly", extension));
        for (int i = 0; i < 2; i++) {
            assertEquals(5, tracks.tracks().get(i).format().extensions().transportCc());
            assertTrue(tracks.media().get(i).payloadTypes().get(0).hasFeedback("transport-cc"));
            assertEquals(5, tracks.media().get(i).extensionId(HeaderExtensions.TRANSPORT_CC_URI));
        }
        var without = up(Offers.up().replace("a=sendonly", extension).replace("a=rtcp-fb:96 transport-cc\r\n", ""));
        assertEquals(0, without.tracks().get(1).format().extensions().transportCc());
    }

    @Test
    void ofH264TheProfileThatEverybodyDecodesIsTaken() {
        var track = up(Offers.upH264()).tracks().get(1);
        assertEquals("H264", track.format().codec());
        assertEquals(109, track.format().payloadType());
        assertEquals(114, track.format().rtxPayloadType());
    }

    @Test
    void aSubscriberIsAnsweredWithThePublishersCodecUnderItsOwnNumbers() {
        var plan = down(Offers.down(), format("H264", 109, "packetization-mode=1;profile-level-id=42e01f"));
        MediaDescription video = plan.media().get(1);
        assertEquals(
                List.of(109, 114),
                video.payloadTypes().stream().map(PayloadType::number).toList());
        assertEquals(MediaDirection.SENDONLY, video.direction());
        assertEquals("f f-video", video.msid());
        DownTrack track = plan.tracks().get(1);
        assertEquals(
                List.of(track.ssrc(), track.rtxSsrc()),
                video.ssrcGroups().get(0).ssrcs());
        assertEquals(114, track.rtxPayloadType());
        assertTrue(video.ssrcs().stream()
                .anyMatch(s -> s.attribute().equals("cname") && s.value().equals("p")));
        assertFalse(video.payloadType(109).hasFeedback("goog-remb"));
    }

    @Test
    void aProfileThatTheSubscriberCannotDecodeIsRefused() {
        var plan = down(Offers.down(), format("H264", 109, "packetization-mode=1;profile-level-id=64001f"));
        assertEquals(MediaDirection.INACTIVE, plan.media().get(1).direction());
        assertEquals(1, plan.tracks().size());
    }

    @Test
    void whatIsNotBoundOrNotThereIsInactiveAndKeepsItsPlace() {
        var plan = OfferAnswer.up(parse(Offers.up()), List.of(FEED), List.of(BOTH.get(1)));
        assertEquals(MediaDirection.INACTIVE, plan.media().get(0).direction());
        assertEquals(MediaDirection.RECVONLY, plan.media().get(1).direction());
        assertEquals(List.of("0", "1"), plan.bundle());
        assertTrue(down(Offers.down(), null).idle());
        assertTrue(OfferAnswer.up(parse(Offers.up()), List.of(), BOTH).idle());
    }

    @Test
    void aStoppedLineAndADataChannelAreRefused() {
        String offer = Offers.up().replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1 2")
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sctp-port:5000\r\n";
        var plan = OfferAnswer.up(parse(offer), List.of(FEED), List.of(BOTH.get(1)));
        assertEquals(
                List.of(0, 9, 0),
                plan.media().stream().map(MediaDescription::port).toList());
        assertEquals(List.of("1"), plan.bundle());
        String text = plan.print("1", 1, b -> b.ice("u", "p"));
        assertEquals(
                List.of("application"),
                parse(text).media().stream().skip(2).map(MediaDescription::kind).toList());
        assertEquals("", parse(text).media().get(0).iceUfrag());
    }

    @Test
    void aBindingOfAMidThatIsNotThereOrStandsTwiceIsRefused() {
        var strange = List.of(new TrackBinding("7", "f", MediaKind.AUDIO));
        assertEquals(ErrorCode.SDP_INVALID, refusal(strange));
        assertEquals(ErrorCode.BAD_REQUEST, refusal(List.of(BOTH.get(0), BOTH.get(0))));
    }

    @Test
    void aDirectionThatDoesNotFitIsInactive() {
        assertTrue(OfferAnswer.up(parse(Offers.down()), List.of(FEED), BOTH).idle());
        var plan = OfferAnswer.down(parse(Offers.up()), BOTH, catalog(format("VP8", 96, "")));
        assertTrue(plan.idle());
    }

    // ----

    private static ErrorCode refusal(List<TrackBinding> bindings) {
        return assertThrows(RefusedException.class, () -> OfferAnswer.up(parse(Offers.up()), List.of(FEED), bindings))
                .code;
    }

    private static AnswerPlan<UpTrack> up(String offer) {
        return OfferAnswer.up(parse(offer), List.of(FEED), BOTH);
    }

    private static AnswerPlan<DownTrack> down(String offer, TrackFormat video) {
        return OfferAnswer.down(parse(offer), BOTH, catalog(video));
    }

    private static TrackFormat format(String codec, int payloadType, String fmtp) {
        return new TrackFormat(
                MediaKind.VIDEO, codec, payloadType, -1, 90_000, 0, fmtp, true, true, HeaderExtensions.NONE);
    }

    private static OfferAnswer.Catalog catalog(TrackFormat video) {
        var audio =
                new TrackFormat(MediaKind.AUDIO, "opus", 111, -1, 48_000, 2, "", false, false, HeaderExtensions.NONE);
        return new OfferAnswer.Catalog() {
            private long next = 100;

            @Override
            public TrackFormat format(String feedId, MediaKind kind) {
                return video == null
                        ? null
                        : Map.of(MediaKind.AUDIO, audio, MediaKind.VIDEO, video).get(kind);
            }

            @Override
            public String publisher(String feedId) {
                return "p";
            }

            @Override
            public long ssrc(String mid, String feedId, boolean rtx) {
                return next++;
            }
        };
    }

    private static SessionDescription parse(String sdp) {
        return SessionDescription.parse(sdp);
    }
}
