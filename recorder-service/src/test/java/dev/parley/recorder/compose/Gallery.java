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

/** Makes the picture of docs/recording.md that no drawing can replace: {@code main(folder)}. The same journals and the same composer as in the tests. */
final class Gallery {
    private static final List<String> COLOURS = List.of(
            "0x4F81BD", "0xC0504D", "0x9BBB59", "0x8064A2", "0x4BACC6", "0xF79646", "0x2C4D75", "0x772C2A", "0x5F7530");
    private static final List<String> TAGS =
            List.of("客户", "agent", "经理", "lawyer", "notary", "guest 1", "guest 2", "guest 3", "guest 4");

    private Gallery() {}

    public static void main(String[] args) throws Exception {
        Path out = Files.createDirectories(Path.of(args[0]));
        var pictures = Map.of(
                "marks", new Object[] {2, "\"rtWatermark\":2,\"textWatermark\":4,\"text\":\"双录 贷款合同 2026-0117\""});
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
