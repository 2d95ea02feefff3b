package dev.parley.relay.transport;

/** The relay's media server: one UDP port, ICE-TCP on the same number, and the loops that own the rooms. Thread safe. */
public interface MediaTransports extends AutoCloseable {
    /** The loop that owns this room: always the same one for the same id. */
    MediaLoop loopFor(String roomId);

    /**
     * Makes a transport in state CONNECTING that waits for the client's checks. Any thread.
     *
     * @param loop     of the room
     * @param id       for logs, at most 128 characters; need not be unique
     * @param listener hears everything on the loop
     * @throws IllegalStateException when the server is closed or holds as many transports as its settings allow
     */
    MediaTransport create(MediaLoop loop, String id, RemoteTransport remote, MediaListener listener);

    /** The port that is bound, UDP and TCP. */
    int port();

    /** Open transports. */
    int transports();

    /** What the sockets saw and dropped. */
    ServerCounters counters();

    /** Closes all transports, sockets and loops; waits until they are gone, at most some seconds. */
    @Override
    void close();
}
