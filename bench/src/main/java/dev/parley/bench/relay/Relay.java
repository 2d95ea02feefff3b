package dev.parley.bench.relay;

import dev.parley.bench.load.LoadPeer;
import dev.parley.bench.load.Track;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A relay under test, in a process of its own that the bench has started. Calls may come from several threads. */
public interface Relay extends AutoCloseable {
    /** Who publishes what in a room. @param who unique in the room */
    record Publisher(String who, List<Track> tracks) {}

    /** As in tables and JSON. */
    String name();

    /** One line about version and settings. */
    String about();

    RelayProcess process();

    void openRoom(String room) throws IOException, InterruptedException;

    void closeRoom(String room) throws IOException, InterruptedException;

    /** Begins to connect the peer as this publisher. */
    CompletableFuture<LoadPeer> publish(String room, Publisher publisher, LoadPeer peer)
            throws IOException, InterruptedException;

    /** Begins to connect the peer as one who gets all tracks of these publishers, which are connected. @param who unique in the room */
    CompletableFuture<LoadPeer> subscribe(String room, String who, List<Publisher> to, LoadPeer peer)
            throws IOException, InterruptedException;

    /** Ends the process. */
    @Override
    void close();
}
