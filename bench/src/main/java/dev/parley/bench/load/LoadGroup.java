package dev.parley.bench.load;

import dev.parley.bench.load.net.SocketDrops;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The peers of one load on one relay: its publishers send only within {@link #window}. One thread. */
public final class LoadGroup implements AutoCloseable {
    /** Nothing has arrived for so long: nothing is on its way any more. */
    private static final long STILL_NS = 250_000_000;
    /** What a relay may have queued comes within this time or counts as lost. */
    private static final long STILL_WAIT_NS = 30_000_000_000L;

    private final LoadClient client;
    private final Tally tally = new Tally();
    private final List<LoadPeer> peers = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private final Set<Integer> ports = new HashSet<>();

    public LoadGroup(LoadClient client) {
        this.client = client;
    }

    /** A new peer, not yet connected. */
    public LoadPeer peer() throws IOException {
        LoadPeer peer = client.peer(tally);
        peers.add(peer);
        ports.add(peer.socket().port());
        return peer;
    }

    /** This peer will send this track in each window. @param subscribers that get it */
    public void publish(LoadPeer from, Track track, int subscribers) {
        publications.add(new Publication(publications.size(), track, from, subscribers, tally));
    }

    /** Packets a second that subscribers are to get, all together. */
    public double perSecond() {
        return publications.stream()
                .mapToDouble(Publication::deliveredPerSecond)
                .sum();
    }

    /** Lets all publishers send for so long, waits until all is still, and says what came of it. */
    public WindowFigures window(double seconds) throws IOException, InterruptedException {
        awaitStill();
        long drops = SocketDrops.of(ports);
        client.call(() -> {
            tally.clear();
            long nowNs = System.nanoTime();
            for (int i = 0; i < publications.size(); i++) {
                publications.get(i).start(nowNs, (double) i / publications.size());
            }
            client.publications().addAll(publications);
            return null;
        });
        Thread.sleep((long) (seconds * 1_000));
        client.call(() -> {
            publications.forEach(Publication::stop);
            client.publications().removeAll(publications);
            return null;
        });
        awaitStill();
        long ownDrops = SocketDrops.of(ports) - drops;
        return client.call(() -> WindowFigures.of(seconds, tally, ownDrops));
    }

    private void awaitStill() throws InterruptedException {
        long startNs = System.nanoTime();
        while (System.nanoTime() - Math.max(startNs, client.lastMediaNs()) < STILL_NS
                && System.nanoTime() - startNs < STILL_WAIT_NS) {
            Thread.sleep(20);
        }
    }

    /** Closes all its peers. */
    @Override
    public void close() throws IOException {
        client.call(() -> {
            peers.forEach(LoadPeer::close);
            return null;
        });
    }
}
