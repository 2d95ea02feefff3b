package dev.parley.recorder.compose;

import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.live.JournalMaker;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the pictures of docs/recording.md: {@code main(folder)}. The same journals and the same composer as in the tests. */
final class Gallery {
    private static final List<String> COLOURS = List.of(
            "0x4F81BD", "0xC0504D", "0x9BBB59", "0x8064A2", "0x4BACC6", "0xF79646", "0x2C4D75", "0x772C2A", "0x5F7530");
    private static final List<String> TAGS =
            List.of("客户", "agent", "经理", "lawyer", "notary", "guest 1", "guest 2", "guest 3", "guest 4");

    private Gallery() {}

    public static void main(String[] args) throws Exception {
        Path out = Files.createDirectories(Path.of(args[0]));
        var pictures = new TreeMap<>(Map.of(
                "two", new Object[] {2, ""},
                "inset", new Object[] {2, "\"layoutMode\":1"},
                "three", new Object[] {3, "\"layoutMode\":2"},
                "five", new Object[] {5, "\"layoutMode\":2"},
                "eight", new Object[] {8, "\"layoutMode\":2"},
                "portrait", new Object[] {5, "\"layoutMode\":2,\"multiModeType\":2,\"width\":360,\"height\":640"},
                "marks", new Object[] {2, "\"rtWatermark\":2,\"textWatermark\":4,\"text\":\"双录 贷款合同 2026-0117\""},
                "custom",
                        new Object[] {
                            3,
                            "\"mixPosition\":[{\"index\":1,\"x_offset\":0,\"y_offset\":0,\"width\":400,\"height\":360},"
                                    + "{\"index\":2,\"x_offset\":410,\"y_offset\":20,\"width\":220,\"height\":124},"
                                    + "{\"index\":3,\"x_offset\":410,\"y_offset\":200,\"width\":220,\"height\":124}]"
                        }));
        for (var picture : pictures.entrySet()) {
            Path work = Files.createTempDirectory("gallery");
            var journal = new JournalMaker();
            for (int i = 0; i < (int) picture.getValue()[0]; i++) add(journal, work, i);
            List<Path> segments = journal.stop(2_000).write(Files.createDirectory(work.resolve("journal")));
            var param = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readValue("{" + picture.getValue()[1] + "}", RecordParam.class);
            var film = new Composer(new Ffmpeg("ffmpeg", "ffprobe", 60), JournalKeys.NONE)
                    .compose(
                            new CompositionRequest(
                                    "rec",
                                    segments,
                                    param.withDefaults(),
                                    true,
                                    null,
                                    Files.createDirectory(work.resolve("work"))),
                            _ -> {});
            Clips.ffmpeg(
                    "-ss",
                    "1",
                    "-i",
                    film.files().getFirst().path().toString(),
                    "-frames:v",
                    "1",
                    "-update",
                    "1",
                    "-compression_level",
                    "100",
                    out.resolve(picture.getKey() + ".png").toString());
        }
    }

    /** A person: a coloured card in a room of another shade, three quarters of them wide, one upright. */
    private static void add(JournalMaker journal, Path folder, int number) throws Exception {
        var camera = JournalMaker.track("p" + number, TAGS.get(number), MediaKind.VIDEO, 100 + number, "VP8");
        journal.track(0, camera);
        String size = number == 2 ? "180x320" : "320x180";
        int sequence = 0;
        for (Clips.Unit frame : Clips.vp8(COLOURS.get(number), size, 5, 2)) {
            for (int from = 0; from < frame.data().length; from += 1_000) {
                int bytes = Math.min(1_000, frame.data().length - from);
                byte[] payload = ByteBuffer.allocate(1 + bytes)
                        .put((byte) (from == 0 ? 0x10 : 0))
                        .put(frame.data(), from, bytes)
                        .array();
                boolean last = from + bytes == frame.data().length;
                journal.rtp(frame.timeMs(), camera, sequence++, frame.timeMs() * 90, last, payload);
            }
        }
    }
}
