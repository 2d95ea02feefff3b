package dev.parley.vod.client;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.rtp.framed.FramedRtpClient;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloRefusedException;
import dev.parley.rtp.framed.IngressConnection;
import dev.parley.vod.domain.Ingress;
import dev.parley.vod.domain.OutTrack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quarkus.oidc.client.OidcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The relay's ingress: framed RTP over pinned TLS (docs/internals.md), with this service's token from account. */
@ApplicationScoped
public class RelayIngress implements Ingress {
    private static final Logger LOG = Logger.getLogger(RelayIngress.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final OidcClient tokens;
    private final Counter keyFrameRequests;

    RelayIngress(OidcClient tokens, MeterRegistry meters) {
        this.tokens = tokens;
        this.keyFrameRequests = Counter.builder("parley.vod.relay.rtcp")
                .description(
                        "RTCP from relays, mostly requests for a key frame; the next one is at most a second away anyway")
                .register(meters);
    }

    @Override
    public Link open(MediaAddress relay, String roomId, FeedInfo feed, List<OutTrack> tracks, Consumer<String> lost)
            throws RefusedByRelay {
        var hello = new Hello.Ingress(
                token(), roomId, feed, tracks.stream().map(RelayIngress::track).toList());
        IngressConnection connection;
        try {
            connection = FramedRtpClient.ingress(relay, hello, TIMEOUT);
        } catch (HelloRefusedException e) {
            throw new RefusedByRelay("The media server refused the feed: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedByRelay("The media server cannot be reached: " + e.getMessage(), e);
        }
        var link = new RelayLink(connection);
        Thread.ofVirtual().name("relay-rtcp").start(() -> link.read(lost));
        return link;
    }

    private String token() throws RefusedByRelay {
        try {
            return tokens.getTokens().await().atMost(TIMEOUT).getAccessToken();
        } catch (RuntimeException e) {
            throw new RefusedByRelay("The account service gave no service token.", e);
        }
    }

    private static Hello.Track track(OutTrack track) {
        return new Hello.Track(
                track.kind(),
                track.codec(),
                track.payloadType(),
                track.clockRate(),
                track.channels(),
                track.fmtp(),
                track.ssrc());
    }

    private final class RelayLink implements Link {
        private final IngressConnection connection;
        private final AtomicBoolean closed = new AtomicBoolean();

        RelayLink(IngressConnection connection) {
            this.connection = connection;
        }

        private void read(Consumer<String> lost) {
            try {
                connection.readRtcp(_ -> keyFrameRequests.increment());
                if (!closed.get()) lost.accept("The media server closed the connection.");
            } catch (IOException e) {
                if (!closed.get()) lost.accept("The connection to the media server broke.");
            }
        }

        @Override
        public void send(byte[] packet, int length) throws IOException {
            ByteBuf window = Unpooled.wrappedBuffer(packet, 0, length);
            connection.send(window);
        }

        @Override
        public void flush() throws IOException {
            connection.flush();
        }

        /** Does not wait: closing TLS can hang for minutes behind a write to a relay that is gone. All was flushed before a natural end. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true))
                Thread.ofVirtual().name("relay-close").start(this::hangUp);
        }

        private void hangUp() {
            try {
                connection.close();
            } catch (IOException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }
}
