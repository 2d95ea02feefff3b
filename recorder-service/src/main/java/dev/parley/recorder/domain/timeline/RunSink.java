package dev.parley.recorder.domain.timeline;

/**
 * Takes the media of the second pass as runs: pieces of one track that one decoder can read from the start, without a change of size and
 * without long gaps. Runs of one track follow each other; those of different tracks come mixed. Times are
 * microseconds of the film; a run that begins before it is cut by the sink.
 */
public interface RunSink {
    /** @param width of every picture in the run, in pixels, as coded; height alike */
    void videoBegan(Track track, int width, int height, long startUs);

    /** @param timeUs grows from frame to frame; the first frame is a key frame at the run's start */
    void videoFrame(Track track, long timeUs, byte[] frame);

    /** @param endUs the last frame is shown up to here */
    void videoEnded(Track track, long endUs);

    void audioBegan(Track track, long startUs);

    /** One Opus packet; those of a run follow without gap. @param samples its length at 48 kHz */
    void audioPacket(Track track, byte[] packet, int samples);

    void audioEnded(Track track);
}
