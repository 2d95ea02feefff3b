package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What ffprobe says of a recording's file.
 *
 * @param container ffprobe's format name
 * @param seconds   duration of the container
 */
record RecordingFacts(
        String container, String videoCodec, String audioCodec, int width, int height, double seconds, long bytes) {
    static RecordingFacts of(Path file) throws IOException, InterruptedException {
        JsonNode probe = new ObjectMapper()
                .readTree(Tools.run(
                        "ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file.toString()));
        JsonNode format = probe.path("format");
        String video = "";
        String audio = "";
        int width = 0;
        int height = 0;
        for (JsonNode stream : probe.path("streams")) {
            if (stream.path("codec_type").asText().equals("video")) {
                video = stream.path("codec_name").asText();
                width = stream.path("width").asInt();
                height = stream.path("height").asInt();
            } else if (stream.path("codec_type").asText().equals("audio")) {
                audio = stream.path("codec_name").asText();
            }
        }
        return new RecordingFacts(
                format.path("format_name").asText(),
                video,
                audio,
                width,
                height,
                format.path("duration").asDouble(),
                format.path("size").asLong());
    }
}
