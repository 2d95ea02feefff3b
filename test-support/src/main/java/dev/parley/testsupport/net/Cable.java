package dev.parley.testsupport.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP connection to one server on loopback that can be pulled out and put back in, so that a test can take a real server away from a
 * real client. Its port stays the same all the time. Thread-safe.
 */
public final class Cable implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BACKLOG = 128;

    private enum State {
        WHOLE,
        /** Nobody is let in. */
        CUT,
        /** Everybody is let in and nothing passes. */
        CLOGGED,
        CLOSED
    }

    private final int targetPort;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;

    private Cable(int targetPort, ServerSocket server) {
        this.targetPort = targetPort;
        this.server = server;
        Thread.ofPlatform().daemon().name("cable " + server.getLocalPort()).start(this::accept);
    }

    /** @param targetPort on 127.0.0.1; may start to listen later */
    public static Cable to(int targetPort) {
        try {
            return new Cable(targetPort, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect instead of to the server. */
    public int port() {
        return server.getLocalPort();
    }

    /** The server is gone: connections break, and new ones break at once. */
    public void cut() {
        enter(State.CUT);
        sockets.forEach(Cable::closeQuietly);
    }

    /** The server does not answer: connections stay and new ones are taken, but no byte passes. */
    public void clog() {
        enter(State.CLOGGED);
    }

    /** The server is there again. What was clogged flows on. */
    public void mend() {
        enter(State.WHOLE);
    }

    private synchronized void enter(State next) {
        if (state == State.CLOSED) return;
        state = next;
        notifyAll();
    }

    private synchronized State awaitFlow() throws InterruptedException {
        while (state == State.CLOGGED) wait();
        return state;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        var target = new Socket();
        sockets.add(target);
        try {
            if (awaitFlow() != State.WHOLE) throw new IOException("cut");
            target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(target, client));
            pump(client, target);
            back.join();
        } catch (IOException | InterruptedException _) {
            // as good as a server that is not there
        } finally {
            closeQuietly(client);
            closeQuietly(target);
            sockets.remove(client);
            sockets.remove(target);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                if (awaitFlow() != State.WHOLE) return;
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException _) {
            // one end is gone, so is the other
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is closed all the same
        }
    }

    @Override
    public void close() throws IOException {
        enter(State.CLOSED);
        server.close();
        sockets.forEach(Cable::closeQuietly);
    }
}
