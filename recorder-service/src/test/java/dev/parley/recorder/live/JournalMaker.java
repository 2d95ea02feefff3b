package dev.parley.recorder.live;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.recorder.domain.journal.EpochNote;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plays people into a journal as a relay's tap would, through the real writer. Times are milliseconds from the room's start; what is added
 * in any order is written in the order of time.
 */
public final class JournalMaker {
    public static final long WALL_MS = 1_760_000_000_000L;
    private static final long RELAY_US = 5_000_000_000L;

    private interface Write {
        void to(JournalWriter writer) throws IOException;
    }

    private final TreeMap<Long, List<Write>> script = new TreeMap<>();
    private long nowMs;
    private Optional<JournalKeys.DataKey> key = Optional.empty();

    public static TrackEvent track(String uid, MediaKind kind, long ssrc, String codec) {
        return track(uid, "", kind, ssrc, codec);
    }

    public static TrackEvent track(String uid, String tag, MediaKind kind, long ssrc, String codec) {
        var feed = new FeedInfo("feed-" + uid, "p-" + uid, uid, uid, tag, "camera");
        boolean audio = kind == MediaKind.AUDIO;
        int payloadType = audio ? 111 : 96;
        return new TrackEvent(
                TrackEvent.STARTED,
                feed,
                kind,
                ssrc,
                codec,
                payloadType,
                audio ? 48_000 : 90_000,
                audio ? 2 : 0,
                "",
                false,
                Map.of());
    }

    public JournalMaker track(long atMs, TrackEvent event) {
        ByteBuf app = Unpooled.buffer();
        AppPackets.write(app, event);
        return at(atMs, w -> w.append(RecordType.TRACK, us(atMs), app.nioBuffer()));
    }

    /** One RTP packet. @param timestamp 32 bits */
    public JournalMaker rtp(long atMs, TrackEvent track, int sequence, long timestamp, boolean marker, byte[] payload) {
        var packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80)
                .put((byte) (track.payloadType() | (marker ? 0x80 : 0)))
                .putShort((short) sequence);
        packet.putInt((int) timestamp).putInt((int) track.ssrc()).put(payload).flip();
        return at(atMs, w -> w.append(RecordType.RTP, us(atMs), packet.duplicate()));
    }

    /** A packet that came whole from elsewhere. */
    public JournalMaker raw(long atMs, RecordType type, byte[] packet) {
        return at(atMs, w -> w.append(type, us(atMs), ByteBuffer.wrap(packet)));
    }

    /** A sender report that ties an RTP timestamp to the publisher's clock, milliseconds from the room's start. */
    public JournalMaker senderReport(long atMs, TrackEvent track, long timestamp, long publisherMs) {
        var packet = ByteBuffer.allocate(28);
        packet.putInt(0x80C80006).putInt((int) track.ssrc());
        packet.putInt((int) (3_900_000_000L + publisherMs / 1000)).putInt((int) ((publisherMs % 1000 << 32) / 1000));
        packet.putInt((int) timestamp).putInt(0).putInt(0);
        return raw(atMs, RecordType.RTCP, packet.array());
    }

    public JournalMaker pause(long atMs) {
        return at(atMs, w -> w.append(RecordType.PAUSE, us(atMs), ByteBuffer.allocate(0)));
    }

    public JournalMaker resume(long atMs) {
        return at(atMs, w -> w.append(RecordType.RESUME, us(atMs), ByteBuffer.allocate(0)));
    }

    public JournalMaker stop(long atMs) {
        return at(atMs, w -> w.append(RecordType.STOP, us(atMs), ByteBuffer.allocate(0)));
    }

    public JournalMaker sealed(JournalKeys.DataKey with) {
        key = Optional.of(with);
        return this;
    }

    /** @return the segments */
    public List<Path> write(Path folder) throws IOException {
        var segments = new ArrayList<Path>();
        var limits = new JournalWriter.Limits(4_000, 32 << 20);
        try (var writer = new JournalWriter(
                folder,
                "rec",
                1,
                JournalTail.EMPTY,
                key,
                limits,
                new JournalSpace(Long.MAX_VALUE),
                () -> WALL_MS + nowMs,
                segments::add)) {
            writer.cursor("epoch-1", 0);
            writer.append(RecordType.EPOCH, 0, ByteBuffer.wrap(new EpochNote("epoch-1", 0).encode()));
            ByteBuf time = Unpooled.buffer();
            AppPackets.writeTime(time, RELAY_US, WALL_MS, 0);
            writer.append(RecordType.TIME, RELAY_US, time.nioBuffer());
            for (var entry : script.entrySet()) {
                nowMs = entry.getKey();
                for (Write write : entry.getValue()) write.to(writer);
            }
        }
        return segments;
    }

    private JournalMaker at(long atMs, Write write) {
        script.computeIfAbsent(atMs, _ -> new ArrayList<>()).add(write);
        return this;
    }

    private static long us(long atMs) {
        return RELAY_US + atMs * 1000;
    }
}
