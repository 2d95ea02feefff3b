package dev.parley.recorder.domain.timeline;

/** The second pass over one track. Not thread safe. */
sealed interface TrackReader permits VideoReader, AudioReader {
    /** In arrival order. @param sequence unsigned 16 bits */
    void push(int sequence, long atUs, MediaPacket packet);

    /** The track was muted or ended, or the journal is over. What comes later begins a new run. */
    void pause(long atUs);

    /** Sequence numbers that never came. */
    long lostPackets();
}
