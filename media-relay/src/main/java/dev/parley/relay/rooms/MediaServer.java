package dev.parley.relay.rooms;

import dev.parley.relay.RelaySettings;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.TransportSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Opens the media sockets with the relay's settings, and closes them at the end. */
@ApplicationScoped
class MediaServer {
    private static final Logger LOG = Logger.getLogger(MediaServer.class);

    /** Fails the start when the port cannot be had. */
    @Produces
    @Singleton
    MediaTransports open(RelaySettings settings) {
        var own = TransportSettings.of(settings.mediaBind(), settings.mediaPort(), settings.announce())
                .withLoops(settings.loops())
                .withIo(settings.mediaIo());
        try {
            NettyMediaTransports transports = NettyMediaTransports.start(own);
            LOG.infof(
                    "media on %s:%d by %s I/O, announced as %s",
                    settings.mediaBind(),
                    transports.port(),
                    transports.io().name().toLowerCase(Locale.ROOT),
                    settings.announce());
            return transports;
        } catch (IOException e) {
            throw new IllegalStateException("the media port cannot be opened: " + settings.mediaPort(), e);
        }
    }

    void close(@Disposes MediaTransports transports) {
        transports.close();
    }
}
