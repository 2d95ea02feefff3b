package dev.parley.recorder.domain.journal;

/** What a journal record holds. The code is in files: never reused or given another meaning. */
public enum RecordType {
    /** An RTP packet as the tap gave it. */
    RTP(1),
    /** An RTCP compound of a publisher. */
    RTCP(2),
    /** A {@code TRAK} APP packet of the tap ({@link dev.parley.rtp.framed.AppPackets}). */
    TRACK(3),
    /** A {@code TIME} APP packet: relay clock, wall clock, index of the next frame. */
    TIME(4),
    /** A {@code GAPS} APP packet. */
    GAP(5),
    /** The tap was opened: index of its next frame, i64, then its epoch as UTF-8 text. */
    EPOCH(6),
    /** The recording was stopped at this time: the end of the file. No payload. */
    STOP(7),
    /** Several records, sealed together: their bytes under the segment's key, then the tag. */
    SEALED(8),
    /** The recording was paused at this time; -1 = when the last packet came. No payload. A second one says nothing. */
    PAUSE(9),
    /** It goes on from this time. No payload. Says nothing when it was not paused. */
    RESUME(10),
    /** Last record of a segment that was closed in order. No payload. */
    END(127);

    public final int code;

    RecordType(int code) {
        this.code = code;
    }

    /** Null for a code that this version does not know: the record is skipped, so that newer writers can add some. */
    public static RecordType of(int code) {
        for (RecordType type : values()) if (type.code == code) return type;
        return null;
    }
}
