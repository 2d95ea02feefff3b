package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;

/**
 * Which layers of its source one outgoing stream leaves out, and what is rewritten in the others so that the receiver misses nothing: VP8's picture ids, VP9's
 * markers. Kept for the latest sources, so that repairs of an earlier one get the same answer.
 */
final class LayerFilters {
    /** Nothing is left out. */
    static final int ALL = Vp8Layers.LAYERS_MAX - 1;

    private final Track track;
    private final StreamMunger munger;
    private final TemporalFilter[] temporal;
    private final SpatialFilter[] spatial;
    private final PictureNumbers numbers;
    private int source;
    private boolean rewrites;

    /** @param sources how many are remembered; they are used in turn */
    LayerFilters(Track track, StreamMunger munger, int sources) {
        this.track = track;
        this.munger = munger;
        this.temporal = new TemporalFilter[sources];
        this.spatial = new SpatialFilter[sources];
        this.numbers = new PictureNumbers(sources);
    }

    /** What comes next is of another encoder, with other picture ids, which begins with a key frame. */
    void begin(int next) {
        source = next;
        temporal[source] = null;
        spatial[source] = null;
        numbers.begin(source);
        rewrites |= track.simulcast();
    }

    /** From now on picture ids are rewritten. */
    void renumber() {
        rewrites = true;
    }

    /** Whether the packet that the track has looked at goes through {@link #leftOut}; what is composed then is restored afterwards. */
    boolean concern() {
        return spatial[source] != null || rewrites && track.picture().numbered();
    }

    /** True when the packet is left out with its layer. Else the packet to compose is prepared: rewritten, or a filler in its place. */
    boolean leftOut(long extended, boolean begins, OutgoingPacket outgoing) {
        if (spatial[source] != null) {
            boolean kept = marked(source, outgoing);
            if (!kept && munger.skip(extended)) return true;
            if (!kept) outgoing.filler();
            return false;
        }
        Vp8Layers picture = track.picture();
        int id = picture.pictureId();
        if (temporal[source] != null && picture.layered()) {
            id = temporal[source].pictureId(picture, munger.skippable(extended), begins);
            if (id == TemporalFilter.LEFT_OUT) {
                if (munger.skip(extended)) return true;
                outgoing.filler();
                return false;
            }
        }
        numbers.onPacket(source, picture, id);
        number(source, picture, id, outgoing);
        return false;
    }

    /** Prepares a packet that is sent again. @param of the source that it came from */
    void again(int of, RtpPacket old, OutgoingPacket outgoing) {
        if (spatial[of] == null && !rewrites) return;
        Vp8Layers picture = track.picture(old);
        if (spatial[of] != null) {
            if (!marked(of, outgoing)) outgoing.filler();
            return;
        }
        if (!picture.numbered()) return;
        int id = picture.pictureId();
        if (temporal[of] != null && picture.layered()) id = temporal[of].pictureIdAgain(picture);
        if (id == TemporalFilter.LEFT_OUT) outgoing.filler();
        else number(of, picture, id, outgoing);
    }

    /** False when the packet is of a spatial layer that is left out. */
    private boolean marked(int of, OutgoingPacket outgoing) {
        SpatialFilter.Verdict verdict = spatial[of].onPacket(track.svc());
        if (verdict == SpatialFilter.Verdict.KEPT_LAST) outgoing.mark();
        return verdict != SpatialFilter.Verdict.LEFT_OUT;
    }

    private void number(int of, Vp8Layers picture, int id, OutgoingPacket outgoing) {
        outgoing.pictureId(
                picture.pictureIdAt(), numbers.id(of, picture, id), picture.wide(), numbers.baseIndex(of, picture));
    }

    /** The highest layer of the present source to send from now on. Means nothing where the publisher makes none. True when a key frame is needed for it. */
    boolean limit(int layer, int top) {
        if (track.spatial()) {
            if (spatial[source] == null && layer >= top) return false;
            if (spatial[source] == null) spatial[source] = new SpatialFilter();
            return spatial[source].target(layer);
        }
        if (temporal[source] == null) {
            if (layer >= top) return false;
            temporal[source] = new TemporalFilter();
            rewrites = true;
        }
        temporal[source].target(layer);
        return false;
    }

    /** The highest layer that goes out; {@link #ALL} when none is left out. */
    int limit() {
        if (spatial[source] != null) return spatial[source].target();
        return temporal[source] == null ? ALL : temporal[source].target();
    }

    /** Layers are left out, or were. */
    boolean limited() {
        return spatial[source] != null || temporal[source] != null;
    }
}
