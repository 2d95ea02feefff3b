package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.plan.Plans;
import dev.parley.rtp.payload.OpusPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.bramp.ffmpeg.builder.FFmpegBuilder;

/**
 * First stage of the sound: every run is decoded and put at its sample into a lane, a file of plain samples (16 bits little-endian, 48 kHz).
 * What nobody filled is a hole in the file and reads as silence.
 */
final class SoundStage {
    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final RecordParam param;
    private final Path log;
    private final List<String> warnings;

    SoundStage(Ffmpeg ffmpeg, Path folder, RecordParam param, Path log, List<String> warnings) {
        this.warnings = warnings;
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.param = param;
        this.log = log;
    }

    /** @return lanes to be mixed; empty when there is no sound */
    List<Path> lanes(List<AudioRun> runs, long durationUs) throws ComposeException, IOException {
        int[] laneOf = Plans.lanes(runs.stream().map(AudioRun::span).toList());
        var lanes = new ArrayList<Path>();
        for (int i = 0; i < runs.size(); i++) {
            while (lanes.size() <= laneOf[i]) {
                lanes.add(Files.createFile(folder.resolve("lane" + lanes.size() + ".pcm")));
            }
            Path samples = folder.resolve("samples.pcm");
            if (!decode(runs.get(i), samples)) continue;
            place(samples, lanes.get(laneOf[i]), runs.get(i).span().startUs(), durationUs);
            Files.delete(samples);
        }
        return lanes;
    }

    private boolean decode(AudioRun run, Path out) throws ComposeException {
        var builder = new FFmpegBuilder();
        builder.addInput(run.file().toString())
                .setFormat("ogg")
                .setAudioCodec("libopus")
                .done();
        builder.addOutput(out.toString())
                .setFormat("s16le")
                .disableVideo()
                .setAudioCodec("pcm_s16le")
                .setAudioChannels(param.channels())
                .setAudioSampleRate(OpusPacket.CLOCK_RATE)
                .done();
        try {
            ffmpeg.run(builder, log);
            return true;
        } catch (ComposeException e) {
            if (e.eventCode != EventCodes.CONVERSION) throw e;
            warnings.add("sound at " + run.span().startUs() / 1000 + " ms cannot be decoded");
            return false;
        }
    }

    private void place(Path samples, Path lane, long startUs, long durationUs) throws IOException {
        int frameBytes = 2 * param.channels();
        long start = bytesAt(startUs, frameBytes);
        long end = bytesAt(durationUs, frameBytes);
        try (var in = FileChannel.open(samples, StandardOpenOption.READ);
                var out = FileChannel.open(lane, StandardOpenOption.WRITE)) {
            long from = Math.max(0, -start);
            long count = Math.min(in.size(), end - start) - from;
            long done = 0;
            if (count > 0 && out.size() < start + from) hole(out, start + from);
            while (done < count) {
                in.position(from + done);
                long moved = out.transferFrom(in, start + from + done, count - done);
                if (moved <= 0) throw new IOException("samples cannot be copied");
                done += moved;
            }
        }
    }

    /** Makes the file this long without writing what lies between. */
    private static void hole(FileChannel out, long bytes) throws IOException {
        out.write(ByteBuffer.allocate(1), bytes - 1);
    }

    private static long bytesAt(long us, int frameBytes) {
        return Math.floorDiv(us * (OpusPacket.CLOCK_RATE / 1000), 1000) * frameBytes;
    }
}
