package dev.parley.recorder.domain.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Payload of {@link RecordType#EPOCH}: the tap was opened. {@code nextFrame}: index of the first frame that it gives. */
public record EpochNote(String epoch, long nextFrame) {
    public byte[] encode() {
        byte[] text = epoch.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length).putLong(nextFrame).put(text).array();
    }

    /** A payload that is too short reads as the empty epoch: frames are then placed by the wall clock of the segment. */
    public static EpochNote decode(byte[] payload) {
        if (payload.length < 8) return new EpochNote("", -1);
        var in = ByteBuffer.wrap(payload);
        return new EpochNote(new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8), in.getLong());
    }
}
