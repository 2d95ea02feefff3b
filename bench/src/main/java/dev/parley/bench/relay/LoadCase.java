package dev.parley.bench.relay;

import dev.parley.bench.load.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A load: rooms that are all alike.
 *
 * @param name       as the command takes it and JSON has it
 * @param title      for people
 * @param rooms      at least 1
 * @param publishers in each room
 * @param listeners  who only subscribe, in each room, to all publishers
 * @param allToAll   publishers subscribe to one another
 * @param streams    what each publisher sends
 */
public record LoadCase(
        String name, String title, int rooms, int publishers, int listeners, boolean allToAll, List<Stream> streams) {
    private static final AtomicLong SSRC = new AtomicLong(1_000_000);

    /** See {@link Track}. */
    public record Stream(boolean video, int payloadBytes, double perSecond, int burst) {}

    /** 280 packets of 1,100 bytes a second: 2.5 Mbit/s. */
    private static Stream video(int burst) {
        return new Stream(true, 1_100, 280, burst);
    }

    private static final Stream AUDIO = new Stream(false, 100, 50, 1);

    private static LoadCase fan(int listeners, int burst) {
        boolean even = burst == 1;
        return new LoadCase(
                "fan-" + listeners + (even ? "" : "-burst"),
                "1 to " + listeners + (even ? ", even" : ", bursts of " + burst),
                1,
                1,
                listeners,
                false,
                List.of(video(burst)));
    }

    /** All cases, in the order of the table. */
    static List<LoadCase> all() {
        return List.of(
                fan(10, 1),
                fan(50, 1),
                fan(100, 1),
                fan(100, 10),
                new LoadCase(
                        "rooms",
                        "10 rooms x 5, all to all, audio + video of 100/s",
                        10,
                        5,
                        0,
                        true,
                        List.of(AUDIO, new Stream(true, 1_100, 100, 1))),
                new LoadCase(
                        "audio",
                        "audio only, 1 to 100 at 200/s",
                        1,
                        1,
                        100,
                        false,
                        List.of(new Stream(false, 100, 200, 1))),
                fan(180, 1),
                fan(400, 1));
    }

    /** @throws java.util.NoSuchElementException when there is none */
    static LoadCase named(String name) {
        return all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    }

    /** The same shape at another rate. */
    LoadCase scaled(double factor) {
        var faster = streams.stream()
                .map(s -> new Stream(s.video, s.payloadBytes, s.perSecond * factor, s.burst))
                .toList();
        return new LoadCase(name, title, rooms, publishers, listeners, allToAll, faster);
    }

    /** Peers that get what one publisher sends. */
    int subscribersOfEach() {
        return listeners + (allToAll ? publishers - 1 : 0);
    }

    /** New tracks with SSRCs of their own. */
    List<Track> tracks() {
        var tracks = new ArrayList<Track>();
        for (Stream s : streams)
            tracks.add(new Track(s.video, SSRC.incrementAndGet(), s.payloadBytes, s.perSecond, s.burst));
        return tracks;
    }
}
