package dev.parley.relay.tap;

import dev.parley.contracts.node.MediaAddress;
import dev.parley.relay.RelaySettings;
import dev.parley.relay.rooms.RelayRooms;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jboss.logging.Logger;

/** The tap port: TLS 1.3, one virtual thread per connection. */
@ApplicationScoped
public class TapServer {
    /** Connections at a time. */
    static final int SESSIONS_MAX = 1_000;

    private static final Logger LOG = Logger.getLogger(TapServer.class);
    private static final int BACKLOG = 64;

    private final RelaySettings settings;
    private final RelayRooms rooms;
    private final ServiceTokens tokens;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private RelayCertificate certificate;
    private SSLServerSocket server;
    private volatile MediaAddress address;

    TapServer(RelaySettings settings, RelayRooms rooms, ServiceTokens tokens) {
        this.settings = settings;
        this.rooms = rooms;
        this.tokens = tokens;
    }

    void start(@Observes StartupEvent event) {
        try {
            certificate = RelayCertificate.create(Instant.now());
            server = (SSLServerSocket) certificate
                    .context()
                    .getServerSocketFactory()
                    .createServerSocket(settings.tapPort(), BACKLOG, InetAddress.getByName(settings.tapHost()));
        } catch (IOException e) {
            throw new IllegalStateException("the tap port cannot be opened: " + settings.tapPort(), e);
        }
        address = new MediaAddress(settings.tapHost(), server.getLocalPort(), certificate.fingerprint());
        Thread.ofVirtual().name("tap-accept").start(this::accept);
        LOG.infof("tap and ingress on %s:%d", address.host(), (Object) address.port());
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        if (server != null) server.close();
        for (Socket socket : open) socket.close();
    }

    /** What the node record tells. */
    public MediaAddress address() {
        return address;
    }

    public int sessions() {
        return open.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (open.size() >= SESSIONS_MAX) {
                    socket.close();
                    continue;
                }
                open.add(socket);
                Thread.ofVirtual().name("tap").start(() -> serve((SSLSocket) socket));
            } catch (IOException e) {
                if (!server.isClosed()) LOG.warnf("tap: a connection was not accepted: %s", e.getMessage());
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            new TapSession(socket, rooms, tokens).run();
        } catch (IOException e) {
            LOG.debugf("tap: connection over: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }
}
