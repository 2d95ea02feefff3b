package dev.parley.bench.relay;

import dev.parley.bench.load.LoadClient;
import dev.parley.bench.load.LoadGroup;
import dev.parley.bench.load.LoadPeer;
import dev.parley.bench.load.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One case set up on one relay: rooms open, peers connected. */
final class Scenario implements AutoCloseable {
    /** Handshakes at a time: more would only time out on a busy machine. */
    private static final int CONNECTING_MAX = 16;

    private static final long CONNECT_S = 60;

    private final Relay relay;
    private final LoadGroup group;
    private final List<String> rooms = new ArrayList<>();
    private final List<CompletableFuture<LoadPeer>> connecting = new ArrayList<>();

    private Scenario(Relay relay, LoadClient client) {
        this.relay = relay;
        this.group = new LoadGroup(client);
    }

    /** @param run makes the rooms' names unique */
    static Scenario open(Relay relay, LoadClient client, LoadCase load, int run) throws Exception {
        var scenario = new Scenario(relay, client);
        try {
            for (int room = 0; room < load.rooms(); room++)
                scenario.openRoom(load, String.valueOf(10_000 * run + room + 1));
            scenario.await(0);
            return scenario;
        } catch (Exception e) {
            scenario.close();
            throw e;
        }
    }

    private void openRoom(LoadCase load, String room) throws Exception {
        relay.openRoom(room);
        rooms.add(room);
        var publishers = new ArrayList<Relay.Publisher>();
        for (int i = 0; i < load.publishers(); i++) {
            var publisher = new Relay.Publisher(String.valueOf(100_000 + i), load.tracks());
            publishers.add(publisher);
            LoadPeer peer = group.peer();
            connect(relay.publish(room, publisher, peer));
            for (Track track : publisher.tracks()) group.publish(peer, track, load.subscribersOfEach());
        }
        await(0); // one subscribes to those who are there
        for (int i = 0; i < load.listeners(); i++) {
            connect(relay.subscribe(room, String.valueOf(200_000 + i), publishers, group.peer()));
        }
        for (int i = 0; load.allToAll() && i < load.publishers(); i++) {
            var others = new ArrayList<>(publishers);
            others.remove(i);
            connect(relay.subscribe(room, publishers.get(i).who(), others, group.peer()));
        }
    }

    private void connect(CompletableFuture<LoadPeer> peer) throws Exception {
        connecting.add(peer);
        await(CONNECTING_MAX);
    }

    /** Waits until no more than so many are connecting. */
    private void await(int most) throws Exception {
        while (connecting.size() > most) {
            try {
                connecting.removeFirst().get(CONNECT_S, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("a peer does not connect to " + relay.name() + ": " + e, e);
            }
        }
    }

    LoadGroup group() {
        return group;
    }

    @Override
    public void close() throws IOException {
        group.close();
        try {
            for (String room : rooms) relay.closeRoom(room);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
