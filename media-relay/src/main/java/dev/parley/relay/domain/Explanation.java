package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import java.util.ArrayList;
import java.util.List;

/** Says in sentences what {@link Downlink#steer} and {@link Subscription} have decided. Reads only. */
final class Explanation {
    private final Downlink downlink;
    private final Subscription stream;
    private final List<String> why = new ArrayList<>();

    private Explanation(Downlink downlink, Subscription stream) {
        this.downlink = downlink;
        this.stream = stream;
    }

    static RoomDebug.Stream of(Downlink downlink, Subscription stream) {
        var one = new Explanation(downlink, stream);
        one.nothing();
        if (stream.track().kind() == MediaKind.VIDEO) {
            one.change();
            one.temporalLayers();
            one.largerSizes();
        }
        return new RoomDebug.Stream(
                stream.terms.feedId(),
                stream.terms.mid(),
                stream.track().kind(),
                stream.wish(),
                one.gets(),
                List.copyOf(one.why));
    }

    private String gets() {
        if (stream.packets == 0) return "nothing yet";
        if (stream.track().kind() == MediaKind.AUDIO) return "audio";
        int top = stream.current().rates().top();
        int layer = stream.layerLimit();
        if (stream.suspended()) return "nothing at present";
        return name(stream.current()) + (layer < top ? ", " + layers() + " layers up to " + layer + " of " + top : "");
    }

    private String layers() {
        return stream.track().spatial() ? "spatial" : "temporal";
    }

    private void nothing() {
        Track track = stream.track();
        if (!downlink.connected()) why.add("The subscriber's transport is not connected.");
        if (track.source() == null) why.add("The publisher's transport is gone; the feed waits for it.");
        if (track.muted()) why.add("The track is muted.");
        if (stream.suspended())
            why.add("Others have spoken later or speak louder, and the subscriber wants at most " + downlink.cameras()
                    + " cameras and " + downlink.voices() + " voices (0 = all).");
        if (!stream.takesCodec())
            why.add("The publisher sends " + track.format().codec() + " now, " + stream.terms.codec()
                    + " was agreed on: the subscriber must negotiate again.");
        if (stream.waitingForKeyFrame())
            why.add("There is no picture before the next key frame of " + name(stream.target())
                    + ", which is asked for.");
    }

    private void change() {
        if (stream.target() != stream.current() && !stream.waitingForKeyFrame())
            why.add("It changes to " + name(stream.target()) + " at its next key frame, which is asked for.");
    }

    private void temporalLayers() {
        int top = stream.current().rates().top();
        if (stream.layerLimit() >= top) return;
        why.add(
                stream.target() == stream.current()
                        ? "Upper " + layers() + " layers are left out: " + line()
                        : "Upper " + layers() + " layers are left out until the smaller size begins.");
    }

    private void largerSizes() {
        Track track = stream.track();
        for (Encoding one : track.ranked()) {
            if (one.rank() <= stream.target().rank()) continue;
            if (!isLive(one)) {
                why.add(name(one) + ": the publisher does not send it at present.");
            } else if (!stream.allows(one)) {
                why.add(name(one) + ": the wish forbids it (" + wish() + ").");
            } else {
                long more = one.rates().upTo(Vp8Layers.LAYERS_MAX - 1) - stream.bits(stream.rung());
                why.add(name(one) + ": needs " + kbit(more + more / 10) + " more than what is sent, a tenth spare; "
                        + line());
            }
        }
    }

    private boolean isLive(Encoding one) {
        for (int at = 0; at < stream.track().liveCount(); at++)
            if (stream.track().live(at) == one) return true;
        return false;
    }

    private String wish() {
        FeedWish wish = stream.wish();
        List<String> bounds = new ArrayList<>();
        if (wish.maxWidth() > 0) bounds.add("at most " + wish.maxWidth() + " wide");
        if (wish.maxHeight() > 0) bounds.add("at most " + wish.maxHeight() + " high");
        if (wish.size() < FeedWish.SIZE_MAX) bounds.add("size " + wish.size());
        return String.join(", ", bounds);
    }

    private String line() {
        if (downlink.estimate() < 0) return "the subscriber gives no feedback yet.";
        return "the line takes " + kbit(downlink.estimate()) + ", all streams together need "
                + kbit(downlink.mediaBits()) + ".";
    }

    private String name(Encoding one) {
        String size = one.width() == 0 ? "" : one.width() + "x" + one.height();
        String name = (one.rid() + " " + size).strip();
        return name.isEmpty() ? "the only size" : name;
    }

    private static String kbit(long bits) {
        return bits / 1_000 + " kbit/s";
    }
}
