package dev.parley.rtp.framed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.nio.charset.StandardCharsets;

/** The JSON lines that open a framed stream: {@code {"v":1,"mode":"tap"|"ingress",...}} and its answer. Unknown fields are ignored. */
public final class HelloCodec {
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int VERSION = 1;

    private HelloCodec() {}

    /** The line with its line feed. */
    public static byte[] encode(Hello hello) {
        ObjectNode line = JSON.createObjectNode().put("v", VERSION);
        line.put("mode", hello instanceof Hello.Tap ? "tap" : "ingress");
        line.setAll((ObjectNode) JSON.valueToTree(hello));
        return line(line);
    }

    /** The line with its line feed. */
    public static byte[] encode(HelloAnswer answer) {
        return line(JSON.valueToTree(answer));
    }

    /** Throws RefusedException (BAD_REQUEST, the text names the field) for what is not a hello of version 1. */
    public static Hello parseHello(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            if (tree == null || !tree.isObject()) throw bad("The hello is no JSON object.");
            if (tree.path("v").asInt() != VERSION) throw bad("v: only version 1 is spoken.");
            return switch (tree.path("mode").asText()) {
                case "tap" -> tap(tree);
                case "ingress" -> ingress(JSON.treeToValue(tree, Hello.Ingress.class));
                default -> throw bad("mode: tap or ingress.");
            };
        } catch (JacksonException e) {
            throw bad("The hello is not the JSON that is wanted.");
        }
    }

    /** Throws IllegalArgumentException for what is no answer. */
    public static HelloAnswer parseAnswer(String line) {
        try {
            return JSON.readValue(line, HelloAnswer.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not an answer to a hello", e);
        }
    }

    private static Hello tap(JsonNode tree) {
        String room = tree.path("roomId").asText("");
        if (room.isEmpty() || room.length() > 128) throw bad("roomId: 1 to 128 characters.");
        return new Hello.Tap(
                tree.path("token").asText(""),
                room,
                tree.path("tagPrefix").asText(""),
                tree.path("epoch").asText(""),
                tree.path("from").asLong(Hello.Tap.NOW));
    }

    private static Hello ingress(Hello.Ingress hello) {
        if (hello.roomId() == null || hello.roomId().isEmpty() || hello.roomId().length() > 128)
            throw bad("roomId: 1 to 128 characters.");
        if (hello.feed() == null
                || hello.feed().feedId() == null
                || hello.feed().participantId() == null) throw bad("feed: feedId and participantId are needed.");
        if (hello.tracks() == null || hello.tracks().isEmpty()) throw bad("tracks: at least one.");
        for (Hello.Track track : hello.tracks()) checkTrack(track);
        if (hello.tracks().stream().map(Hello.Track::kind).distinct().count()
                < hello.tracks().size()) throw bad("tracks: at most one of each kind.");
        return hello;
    }

    private static void checkTrack(Hello.Track track) {
        if (track.kind() == null || track.codec() == null) throw bad("tracks: kind and codec are needed.");
        if (track.payloadType() < 0 || track.payloadType() > 127) throw bad("tracks: payloadType is 0 to 127.");
        if (track.clockRate() <= 0) throw bad("tracks: clockRate is in hertz.");
        if (track.ssrc() <= 0 || track.ssrc() > 0xFFFF_FFFFL) throw bad("tracks: ssrc is 1 to 2^32-1.");
    }

    private static RefusedException bad(String detail) {
        return new RefusedException(ErrorCode.BAD_REQUEST, detail);
    }

    private static byte[] line(JsonNode node) {
        return (node.toString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
