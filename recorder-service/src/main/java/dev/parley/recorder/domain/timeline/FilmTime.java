package dev.parley.recorder.domain.timeline;

/** Turns wall-clock times into times of the film: from its start, without what was paused so far. Not thread safe. */
final class FilmTime implements RunSink {
    private final RunSink inner;
    private long originUs;

    FilmTime(RunSink inner, long startUs) {
        this.inner = inner;
        this.originUs = startUs;
    }

    /** What follows comes so much later on the wall than in the film. */
    void skip(long us) {
        originUs += us;
    }

    @Override
    public void videoBegan(Track track, int width, int height, long startUs) {
        inner.videoBegan(track, width, height, startUs - originUs);
    }

    @Override
    public void videoFrame(Track track, long timeUs, byte[] frame) {
        inner.videoFrame(track, timeUs - originUs, frame);
    }

    @Override
    public void videoEnded(Track track, long endUs) {
        inner.videoEnded(track, endUs - originUs);
    }

    @Override
    public void audioBegan(Track track, long startUs) {
        inner.audioBegan(track, startUs - originUs);
    }

    @Override
    public void audioPacket(Track track, byte[] packet, int samples) {
        inner.audioPacket(track, packet, samples);
    }

    @Override
    public void audioEnded(Track track) {
        inner.audioEnded(track);
    }
}
