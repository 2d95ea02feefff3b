package dev.parley.relay.transport;

import dev.parley.relay.transport.client.ClientListener;
import dev.parley.relay.transport.client.ClientTrack;
import dev.parley.relay.transport.client.WebRtcClient;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real media server on loopback whose listener echoes, and real clients. Everything is waited for with a deadline. */
final class TransportBench implements AutoCloseable {
    static final long DEADLINE_S = 60;

    final MediaTransports server;
    final NioEventLoopGroup clients = new NioEventLoopGroup(1);
    final BlockingQueue<TransportState> states = new LinkedBlockingQueue<>();

    /** Sends back what comes, as the router would send to a subscriber. */
    final MediaListener echo = new MediaListener() {
        @Override
        public void onRtp(MediaTransport t, ByteBuf packet, long nowNs) {
            t.sendRtp(packet);
        }

        @Override
        public void onRtcp(MediaTransport t, ByteBuf compound, long nowNs) {
            t.sendRtcp(compound);
        }

        @Override
        public void onState(MediaTransport t, TransportState s) {
            states.add(s);
        }

        @Override
        public void onBatchEnd() {}
    };

    TransportBench(TransportSettings settings) throws IOException {
        server = NettyMediaTransports.start(settings);
    }

    static TransportSettings settings(MediaIo io) {
        return TransportSettings.of("127.0.0.1", 0, List.of("127.0.0.1")).withIo(io);
    }

    /** With timers short enough to wait for. */
    static TransportSettings impatient(MediaIo io) {
        return new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 1, 100, 100, 5_000, 700, 700, io);
    }

    /** A client with what it heard. */
    final class Caller implements ClientListener {
        final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
        final BlockingQueue<TransportState> states = new LinkedBlockingQueue<>();
        final WebRtcClient client;
        MediaTransport transport;

        Caller(WebRtcClient.Options options) {
            client = new WebRtcClient(clients.next(), options, DtlsIdentity.create(), this);
        }

        SessionDescription offer() {
            return client.offer(List.of(ClientTrack.send("0", "audio", 1111)));
        }

        void connect() throws Exception {
            begin(offer()).get(DEADLINE_S, TimeUnit.SECONDS);
            awaitState(transport, TransportState.CONNECTED);
        }

        /** Exchanges the descriptions; the future tells how it went. */
        CompletableFuture<WebRtcClient> begin(SessionDescription offer) {
            transport = server.create(server.loopFor("room"), "t", RemoteTransport.of(offer), echo);
            return client.answer(answerTo(offer, transport));
        }

        @Override
        public void onRtp(ByteBuf packet) {
            rtp.add(ByteBufUtil.getBytes(packet));
        }

        @Override
        public void onRtcp(ByteBuf compound) {
            rtcp.add(ByteBufUtil.getBytes(compound));
        }

        @Override
        public void onState(TransportState state, String reason) {
            states.add(state);
        }

        /** True when a packet with this sequence number comes back in time. */
        boolean echoes(int sequence) throws InterruptedException {
            client.sendRtp(packet(sequence));
            for (byte[] got = rtp.poll(DEADLINE_S, TimeUnit.SECONDS);
                    got != null;
                    got = rtp.poll(DEADLINE_S, TimeUnit.SECONDS)) {
                if (Unpooled.wrappedBuffer(got).equals(packet(sequence))) {
                    return true;
                }
            }
            return false;
        }
    }

    static SessionDescription answerTo(SessionDescription offer, MediaTransport transport) {
        List<MediaDescription> media = offer.media().stream()
                .map(m -> transport
                        .local()
                        .applyTo(m.toBuilder().direction(m.direction().reversed()))
                        .build())
                .toList();
        return SessionDescription.of("1", 1, true, offer.bundle(), media);
    }

    static ByteBuf packet(int sequence) {
        ByteBuf out = Unpooled.buffer();
        RtpPacket.writeHeader(out, 111, false, sequence, 960L * sequence, 1111);
        return out.writeBytes(new byte[160]);
    }

    void awaitState(MediaTransport transport, TransportState wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        while (transport.state() != wanted) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || states.poll(left, TimeUnit.NANOSECONDS) == null) {
                throw new AssertionError("is " + transport.state() + ", not " + wanted);
            }
        }
    }

    @Override
    public void close() {
        server.close();
        clients.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
