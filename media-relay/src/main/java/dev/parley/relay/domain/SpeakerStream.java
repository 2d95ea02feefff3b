package dev.parley.relay.domain;

/**
 * The voice-switched stream of one subscriber: one m-line that shows the camera of whoever spoke last, other than himself. It changes at key frames, in the
 * numbers of one stream; a camera that comes in another codec than was agreed on, is muted or away is passed over. While there is none, nothing is sent and
 * the stream keeps its numbers.
 */
final class SpeakerStream {
    final DownTrack terms;
    final TrackFormat format;
    private final Downlink downlink;
    private final Entropy entropy;
    /** Null before there was a camera. */
    private Subscription stream;

    private boolean shown;

    /** @param format as the subscriber was promised */
    SpeakerStream(Downlink downlink, DownTrack terms, TrackFormat format, Entropy entropy) {
        this.downlink = downlink;
        this.terms = terms;
        this.format = format;
        this.entropy = entropy;
    }

    /** The same stream, in the same numbers, under new terms. */
    SpeakerStream(SpeakerStream before, DownTrack terms) {
        this(before.downlink, terms, before.format, before.entropy);
        if (before.stream == null) return;
        before.rest();
        stream = new Subscription(before.stream, terms, entropy);
    }

    boolean is(Subscription one) {
        return one == stream;
    }

    /** Goes to who speaks, or waits for somebody. To be called on every tick. */
    void follow(SpeechOrder order) {
        Track next = order.camera(downlink.participantId(), terms.codec());
        if (next == null) {
            rest();
            return;
        }
        if (shown && stream.track() == next || !next.hasRoom()) return;
        if (stream == null) stream = next.subscribe(downlink, terms, entropy, null);
        else stream.moveTo(next);
        if (!shown) downlink.add(stream);
        shown = true;
        stream.wish(downlink.wish(terms.feedId()));
    }

    /** One of its tracks is over. */
    void onTrackEnd(Track ended) {
        if (stream.track() == ended) rest();
        else ended.unsubscribe(stream);
    }

    void rest() {
        if (!shown) return;
        shown = false;
        stream.rest();
        downlink.rest(stream);
    }
}
