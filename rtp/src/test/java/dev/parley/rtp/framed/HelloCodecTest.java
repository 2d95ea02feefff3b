package dev.parley.rtp.framed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloCodecTest {
    private static final FeedInfo FEED = new FeedInfo("f", "p", "u", "Name", "tag", "playback");

    @Test
    void theTapHelloOfTheWirePageIsUnderstood() {
        assertEquals(
                new Hello.Tap("t", "r", "", "", -1),
                HelloCodec.parseHello(
                        "{\"v\":1,\"mode\":\"tap\",\"token\":\"t\",\"roomId\":\"r\",\"tagPrefix\":\"\",\"epoch\":\"\",\"from\":-1,\"later\":true}"));
    }

    @Test
    void hellosComeBack() {
        var tap = Hello.Tap.all("token", "room").resumed("token2", "epoch", 77);
        assertEquals(tap, HelloCodec.parseHello(text(HelloCodec.encode(tap))));
        var ingress = new Hello.Ingress(
                "t",
                "r",
                FEED,
                List.of(new Hello.Track(MediaKind.VIDEO, "H264", 96, 90_000, 0, "packetization-mode=1", 1234)));
        assertEquals(ingress, HelloCodec.parseHello(text(HelloCodec.encode(ingress))));
    }

    @Test
    void answersComeBackAndLeaveOutWhatDoesNotApply() {
        assertEquals("{\"ok\":true}\n", text(HelloCodec.encode(HelloAnswer.ingress())));
        assertEquals("{\"ok\":true,\"epoch\":\"e\",\"next\":5}\n", text(HelloCodec.encode(HelloAnswer.tap("e", 5))));
        var no = HelloAnswer.refused(dev.parley.contracts.Problem.of(ErrorCode.RELAY_ROOM_NOT_FOUND));
        assertEquals(2004, no.code());
        assertEquals(no, HelloCodec.parseAnswer(text(HelloCodec.encode(no))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "{\"v\":2,\"mode\":\"tap\",\"roomId\":\"r\"}",
                "{\"v\":1,\"mode\":\"tape\",\"roomId\":\"r\"}",
                "{\"v\":1,\"mode\":\"tap\"}",
                "{\"v\":1,\"mode\":\"ingress\",\"roomId\":\"r\"}",
                "{\"v\":1,\"mode\":\"ingress\",\"roomId\":\"r\",\"feed\":{\"feedId\":\"f\",\"participantId\":\"p\"},\"tracks\":[]}",
                "{\"v\":1,\"mode\":\"ingress\",\"roomId\":\"r\",\"feed\":{\"feedId\":\"f\",\"participantId\":\"p\"},\"tracks\":[{\"kind\":\"video\",\"codec\":\"VP8\",\"payloadType\":200,\"clockRate\":90000,\"ssrc\":1}]}",
                "{\"v\":1,\"mode\":\"ingress\",\"roomId\":\"r\",\"feed\":{\"feedId\":\"f\",\"participantId\":\"p\"},\"tracks\":[{\"kind\":\"sound\"}]}"
            })
    void whatIsNoHelloIsRefused(String line) {
        var refusal = assertThrows(RefusedException.class, () -> HelloCodec.parseHello(line), line);
        assertEquals(ErrorCode.BAD_REQUEST, refusal.code, line);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
