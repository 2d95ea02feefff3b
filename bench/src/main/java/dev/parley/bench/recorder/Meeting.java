package dev.parley.bench.recorder;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.recorder.domain.journal.EpochNote;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.live.JournalSpace;
import dev.parley.recorder.live.JournalWriter;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * People in a room for some time, made twice of the same coded media: as ready-made files, one of VP8 and one of Opus for each, and as a
 * recorder's journal.
 */
final class Meeting {
    static final long WALL_MS = 1_760_000_000_000L;
    static final int FPS = 20;
    private static final long RELAY_US = 5_000_000_000L;
    private static final int CLIP_SECONDS = 5, CLIPS = 3, PAYLOAD_BYTES = 1_100;

    /** What each person's camera and microphone sent: an IVF and an Ogg file. */
    record Person(String tag, Path video, Path audio) {}

    private record Packet(long atMs, ByteBuffer rtp) {}

    private final List<Person> people;
    private final List<Path> segments;

    private Meeting(List<Person> people, List<Path> segments) {
        this.people = people;
        this.segments = segments;
    }

    List<Person> people() {
        return people;
    }

    List<Path> segments() {
        return segments;
    }

    /** Cameras of 640x360 at 20 a second with pictures that move, about 600 kbit/s each. @param folder empty, for all of it */
    static Meeting of(int count, int seconds, Path folder) throws IOException, InterruptedException {
        var people = new ArrayList<Person>();
        for (int i = 0; i < count; i++) {
            Path video = folder.resolve("camera" + i + ".ivf");
            Path clip = clip(i % CLIPS, folder);
            Programs.ffmpeg(
                    "-stream_loop", "-1", "-i", clip.toString(), "-c", "copy", "-t", "" + seconds, video.toString());
            Path audio = folder.resolve("microphone" + i + ".ogg");
            String tone = "sine=f=" + (300 + 100 * i) + ":r=48000";
            Programs.ffmpeg(
                    "-f", "lavfi", "-i", tone, "-t", "" + seconds, "-c:a", "libopus", "-b:a", "32k", audio.toString());
            people.add(new Person("person " + (i + 1), video, audio));
        }
        return new Meeting(people, journal(people, 1_000L * seconds, Files.createDirectory(folder.resolve("journal"))));
    }

    private static Path clip(int number, Path folder) throws IOException, InterruptedException {
        Path clip = folder.resolve("clip" + number + ".ivf");
        if (Files.exists(clip)) return clip;
        String picture = "testsrc2=s=640x360:r=" + FPS + ",hue=h=" + 120 * number;
        Programs.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                picture,
                "-t",
                "" + CLIP_SECONDS,
                "-c:v",
                "libvpx",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-b:v",
                "600k",
                "-g",
                "" + FPS * CLIP_SECONDS,
                clip.toString());
        return clip;
    }

    private static List<Path> journal(List<Person> people, long lengthMs, Path folder) throws IOException {
        var packets = new ArrayList<Packet>();
        var tracks = new ArrayList<TrackEvent>();
        for (int i = 0; i < people.size(); i++) {
            TrackEvent camera = track(people.get(i), i, MediaKind.VIDEO);
            TrackEvent microphone = track(people.get(i), i, MediaKind.AUDIO);
            tracks.addAll(List.of(camera, microphone));
            video(camera, Files.readAllBytes(people.get(i).video), packets);
            audio(microphone, Files.readAllBytes(people.get(i).audio), packets);
        }
        packets.sort(Comparator.comparingLong(Packet::atMs));
        var segments = new ArrayList<Path>();
        var nowMs = new long[] {WALL_MS};
        try (var writer = new JournalWriter(
                folder,
                "bench",
                1,
                JournalTail.EMPTY,
                JournalKeys.NONE.make("bench"),
                JournalWriter.Limits.DEFAULT,
                new JournalSpace(Long.MAX_VALUE),
                () -> nowMs[0],
                segments::add)) {
            writer.cursor("epoch", 0);
            writer.append(RecordType.EPOCH, 0, ByteBuffer.wrap(new EpochNote("epoch", 0).encode()));
            ByteBuf app = Unpooled.buffer();
            AppPackets.writeTime(app, RELAY_US, WALL_MS, 0);
            writer.append(RecordType.TIME, RELAY_US, app.nioBuffer());
            for (TrackEvent track : tracks) {
                app.clear();
                AppPackets.write(app, track);
                writer.append(RecordType.TRACK, RELAY_US, app.nioBuffer());
            }
            for (Packet packet : packets) {
                nowMs[0] = WALL_MS + packet.atMs;
                writer.append(RecordType.RTP, RELAY_US + 1_000 * packet.atMs, packet.rtp);
            }
            writer.append(RecordType.STOP, RELAY_US + 1_000 * lengthMs, ByteBuffer.allocate(0));
        }
        return segments;
    }

    private static TrackEvent track(Person person, int number, MediaKind kind) {
        boolean audio = kind == MediaKind.AUDIO;
        var feed = new FeedInfo("f" + number, "p" + number, "u" + number, person.tag, person.tag, "camera");
        return new TrackEvent(
                TrackEvent.STARTED,
                feed,
                kind,
                2L * number + (audio ? 1 : 2),
                audio ? "opus" : "VP8",
                audio ? 111 : 96,
                audio ? 48_000 : 90_000,
                audio ? 2 : 0,
                "",
                false,
                Map.of());
    }

    /** RFC 7741 with the smallest descriptor. */
    private static void video(TrackEvent track, byte[] ivf, List<Packet> packets) {
        var in = ByteBuffer.wrap(ivf).order(ByteOrder.LITTLE_ENDIAN).position(32);
        int sequence = 0;
        for (int frame = 0; in.hasRemaining(); frame++) {
            byte[] data = new byte[in.getInt()];
            in.getLong();
            in.get(data);
            for (int from = 0; from < data.length; from += PAYLOAD_BYTES) {
                int bytes = Math.min(PAYLOAD_BYTES, data.length - from);
                ByteBuffer rtp = rtp(track, sequence++, frame * 90_000 / FPS, from + bytes == data.length, 1 + bytes);
                rtp.put((byte) (from == 0 ? 0x10 : 0)).put(data, from, bytes).flip();
                packets.add(new Packet(frame * 1_000L / FPS, rtp));
            }
        }
    }

    /** One packet for each of an Ogg file's (RFC 3533, RFC 7845) after the two heads; 20 ms. */
    private static void audio(TrackEvent track, byte[] ogg, List<Packet> packets) {
        var packet = new ByteArrayOutputStream();
        int count = -2;
        for (int at = 0; at < ogg.length; ) {
            int lacing = ogg[at + 26] & 0xFF;
            int data = at + 27 + lacing;
            for (int i = 0; i < lacing; i++) {
                int length = ogg[at + 27 + i] & 0xFF;
                packet.write(ogg, data, length);
                data += length;
                if (length == 255) continue;
                if (count >= 0) {
                    ByteBuffer rtp = rtp(track, count, count * 960, false, packet.size());
                    packets.add(new Packet(
                            count * 20L, rtp.put(packet.toByteArray()).flip()));
                }
                count++;
                packet.reset();
            }
            at = data;
        }
    }

    private static ByteBuffer rtp(TrackEvent track, int sequence, int timestamp, boolean marker, int payloadBytes) {
        return ByteBuffer.allocate(12 + payloadBytes)
                .put((byte) 0x80)
                .put((byte) (track.payloadType() | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt((int) track.ssrc());
    }
}
