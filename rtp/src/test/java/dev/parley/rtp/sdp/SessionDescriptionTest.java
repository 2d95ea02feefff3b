package dev.parley.rtp.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
    @Test
    void readsAnOfferOfChromium() {
        var offer = SessionDescription.parse(Offers.CHROMIUM);
        assertEquals("4611731400430051336", offer.sessionId());
        assertEquals(2, offer.sessionVersion());
        assertEquals(List.of("0", "1"), offer.bundle());
        assertEquals(2, offer.media().size());

        MediaDescription audio = offer.byMid("0");
        assertEquals(audio, offer.transportMedia());
        assertEquals("audio", audio.kind());
        assertEquals(MediaDirection.SENDONLY, audio.direction());
        assertTrue(audio.rtcpMux() && audio.rtcpReducedSize() && audio.isRtp());
        assertEquals("stream1 track-a", audio.msid());
        assertEquals("aBcD", offer.iceUfrag(audio));
        assertEquals("0123456789abcdefghijklmn", offer.icePwd(audio));
        assertEquals("actpass", offer.setup(audio));
        assertEquals("sha-256", offer.fingerprints(audio).getFirst().algorithm());
        assertEquals(
                List.of(111, 63, 9, 0, 8, 13, 110, 126),
                audio.payloadTypes().stream().map(PayloadType::number).toList());
        PayloadType opus = audio.payloadType(111);
        assertTrue(opus.is("OPUS"));
        assertEquals("opus/48000/2", opus.key());
        assertEquals("1", opus.parameter("useinbandfec"));
        assertNull(opus.parameter("stereo"));
        assertTrue(opus.hasFeedback("transport-cc"));
        assertEquals(4, audio.extensionId("urn:ietf:params:rtp-hdrext:sdes:mid"));
        assertEquals(0, audio.extensionId("urn:not:there"));
        assertEquals(List.of(3570614608L), audio.ssrcList());
        assertEquals("4TOk42mSjXCkVIa6", audio.ssrcs().getFirst().value());
        assertEquals(2, audio.candidates().size());
        assertEquals("active", audio.candidates().get(1).tcpType());

        MediaDescription video = offer.byMid("1");
        assertEquals(96, video.payloadType(97).repairs());
        assertEquals(-1, video.payloadType(96).repairs());
        assertEquals("42001f", video.payloadType(102).parameter("profile-level-id"));
        assertEquals(632943048L, video.rtxSsrc(2231627014L));
        assertEquals(0, video.rtxSsrc(1));
        assertEquals("send h;l", video.simulcast());
        assertEquals(List.of(new Rid("h", "send", ""), new Rid("l", "send", "max-width=320")), video.rids());
        assertEquals(MediaDirection.SENDONLY, video.extensions().get(2).direction());
    }

    @Test
    void readsAnOfferOfFirefox() {
        var offer = SessionDescription.parse(Offers.FIREFOX);
        assertEquals(3, offer.media().size());
        MediaDescription audio = offer.transportMedia();
        assertEquals(1, offer.fingerprints(audio).size(), "it stands at the session level");
        assertEquals("1a2b3c4d", offer.iceUfrag(audio));
        assertEquals("opus", audio.payloadType(109).codec());
        assertEquals(
                "maxplaybackrate=48000;stereo=1;useinbandfec=1",
                audio.payloadType(109).fmtp());
        assertEquals(0, offer.byMid("1").port());
        MediaDescription data = offer.byMid("2");
        assertFalse(data.isRtp());
        assertEquals(List.of("webrtc-datachannel"), data.formats());
        assertEquals("5000", data.attribute("sctp-port"));
    }

    @Test
    void whatIsPrintedReadsBackEqual() {
        for (String text : List.of(Offers.CHROMIUM, Offers.FIREFOX)) {
            var once = SessionDescription.parse(text);
            assertEquals(once, SessionDescription.parse(once.print()));
        }
    }

    @Test
    void anAnswerIsBuiltFromTheOffersParts() {
        var offer = SessionDescription.parse(Offers.CHROMIUM);
        MediaDescription answered = MediaDescription.builder("audio", "0")
                .direction(offer.byMid("0").direction().reversed())
                .payloadTypes(List.of(offer.byMid("0").payloadType(111)))
                .ice("ufrag", "a-password-of-22-characters")
                .dtls(new Fingerprint("SHA-256", "aa:bb"), "passive")
                .candidates(List.of(new Candidate("1", 1, "udp", 2130706431, "127.0.0.1", 7110, "host", "")))
                .endOfCandidates(true)
                .attribute("x-note", "kept")
                .build();
        String text = SessionDescription.of("1", 1, true, List.of("0"), List.of(answered))
                .print();
        assertTrue(text.contains("a=ice-lite\r\n"), text);
        assertTrue(text.contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"), text);
        assertTrue(text.contains("a=recvonly\r\n"), text);
        assertTrue(text.contains("a=fingerprint:sha-256 AA:BB\r\n"), text);
        assertTrue(text.contains("a=candidate:1 1 udp 2130706431 127.0.0.1 7110 typ host\r\n"), text);
        assertEquals("kept", SessionDescription.parse(text).byMid("0").attribute("x-note"));
    }

    @Test
    void feedbackForAllPayloadTypesReachesEachOnce() {
        var media = SessionDescription.parse("v=0\no=- 1 1 IN IP4 0\nm=video 9 RTP/AVPF 96 97\na=rtpmap:96 VP8/90000\n"
                        + "a=rtcp-fb:96 nack\na=rtcp-fb:* nack\na=rtcp-fb:* nack pli\n")
                .media()
                .getFirst();
        assertEquals(List.of("nack", "nack pli"), media.payloadType(96).feedback());
        assertEquals(List.of("nack", "nack pli"), media.payloadType(97).feedback());
    }

    @Test
    void linesAboutPayloadTypesThatAreNotOnTheMLineMeanNothing() {
        var media = SessionDescription.parse("v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:99 x/1\n")
                .media()
                .getFirst();
        assertEquals(1, media.payloadTypes().size());
        assertEquals("PCMU", media.payloadTypes().getFirst().codec(), "a static type needs no rtpmap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "o=- 1 1 IN IP4 0",
                "v=1\nm=audio 9 RTP/AVP 0",
                "v=0",
                "v=0\no=- x 1 IN IP4 0\nm=audio 9 RTP/AVP 0",
                "v=0\no=-",
                "v=0\nm=audio",
                "v=0\nm=audio 70000 RTP/AVP 0",
                "v=0\nm=audio -1 RTP/AVP 0",
                "v=0\nm=audio 9 RTP/AVP 128",
                "v=0\nm=audio 9 RTP/AVP zero",
                "v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:0 opus",
                "v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:0 opus/99999999999",
                "v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:x opus/1",
                "v=0\nm=audio 9 RTP/AVP 0\na=extmap:0 urn:x",
                "v=0\nm=audio 9 RTP/AVP 0\na=extmap:1",
                "v=0\nm=audio 9 RTP/AVP 0\na=ssrc:4294967296 cname:x",
                "v=0\nm=audio 9 RTP/AVP 0\na=ssrc-group:FID 1 x",
                "v=0\nm=audio 9 RTP/AVP 0\na=fingerprint:sha-256 AA:BB:XX",
                "v=0\nm=audio 9 RTP/AVP 0\na=fingerprint:sha-256",
                "v=0\nm=audio 9 RTP/AVP 0\na=setup:whatever",
                "v=0\nm=audio 9 RTP/AVP 0\na=candidate:1 1 udp",
                "v=0\nm=audio 9 RTP/AVP 0\na=candidate:1 1 udp 1 10.0.0.1 99999 typ host",
                "v=0\nm=audio 9 RTP/AVP 0\na=ice-ufrag:a b",
                "v=0\nm=audio 9 RTP/AVP 0\na=mid:",
                "v=0\nm=audio 9 RTP/AVP 0\na=rid:x",
                "v=0\nm=audio 9 RTP/AVP 0\na=:x",
                "v=0\nm=audio 9 RTP/AVP 0\njust text",
                "v=0\nm=audio 9 RTP/AVP 0\na=x\u0000y",
                "v=0\nm=audio 9 RTP/AVP 0\na=x\ry",
            })
    void refusesGarbageWithAnSdpException(String text) {
        assertThrows(SdpException.class, () -> SessionDescription.parse(text));
    }

    @Test
    void refusesWhatIsTooLarge() {
        String start = "v=0\nm=audio 9 RTP/AVP 0\n";
        assertThrows(SdpException.class, () -> SessionDescription.parse(start + "a=x".repeat(100_000)));
        assertThrows(SdpException.class, () -> SessionDescription.parse(start + "a=" + "x".repeat(20_000)));
        assertThrows(
                SdpException.class,
                () -> SessionDescription.parse(start.repeat(1) + "m=audio 9 RTP/AVP 0\n".repeat(512)));
        assertThrows(SdpException.class, () -> SessionDescription.parse(start + "a=ssrc:1 x\n".repeat(513)));
        assertThrows(SdpException.class, () -> SessionDescription.parse(start + "a=y\n".repeat(513)));
        assertThrows(SdpException.class, () -> SessionDescription.parse("v=0\nm=audio 9 RTP/AVP" + " 0".repeat(513)));
        assertThrows(SdpException.class, () -> SessionDescription.parse(null));
    }

    @Test
    void theExceptionNamesTheLine() {
        var e = assertThrows(
                SdpException.class, () -> SessionDescription.parse("v=0\r\ns=-\r\nm=audio 9 RTP/AVP x\r\n"));
        assertEquals(3, e.line());
        assertTrue(e.getMessage().contains("line 3"), e.getMessage());
    }

    /** Whatever comes in: a description that prints and reads back, or an SdpException; nothing else, and quickly. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mutatedOffersAreReadOrRefused(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? Offers.CHROMIUM : Offers.FIREFOX);
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                mutate(text, random);
            }
            SessionDescription parsed;
            try {
                parsed = SessionDescription.parse(text.toString());
            } catch (SdpException _) {
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + i, e);
            }
            assertEquals(parsed, SessionDescription.parse(parsed.print()), "seed " + seed + " round " + i);
        }
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.setCharAt(at, (char) random.nextInt(0x20, 0x180));
            case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 40)));
            case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(1, 200))));
            case 3 -> text.insert(at, random.nextLong());
            default -> text.setCharAt(at, " :/=;\r\n-".charAt(random.nextInt(8)));
        }
        if (text.isEmpty()) {
            text.append('v');
        }
    }
}
