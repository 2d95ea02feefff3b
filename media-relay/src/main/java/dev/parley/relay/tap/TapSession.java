package dev.parley.relay.tap;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.Outlet;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpTrack;
import dev.parley.relay.rooms.IngressFeed;
import dev.parley.relay.rooms.RelayRooms;
import dev.parley.rtp.framed.FrameInput;
import dev.parley.rtp.framed.Frames;
import dev.parley.rtp.framed.Hello;
import dev.parley.rtp.framed.HelloAnswer;
import dev.parley.rtp.framed.HelloCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLSocket;

/** One connection of the tap port, from hello to end, on a virtual thread of its own. */
final class TapSession {
    private static final int HELLO_TIMEOUT_MS = 5_000;
    private static final int WRITE_BYTES = 64 * 1024;
    private static final long POLL_MS = 10;
    private static final long SIGN_OF_LIFE_US = 1_000_000;
    /** RTCP on its way back to an ingress; more is dropped, as it is repeated anyway. */
    private static final int RTCP_WAITING_MAX = 64;

    private final SSLSocket socket;
    private final RelayRooms rooms;
    private final ServiceTokens tokens;

    TapSession(SSLSocket socket, RelayRooms rooms, ServiceTokens tokens) {
        this.socket = socket;
        this.rooms = rooms;
        this.tokens = tokens;
    }

    void run() throws IOException, InterruptedException {
        socket.setSoTimeout(HELLO_TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        var in = new FrameInput(new BufferedInputStream(socket.getInputStream(), WRITE_BYTES));
        OutputStream out = socket.getOutputStream();
        String line = in.readLine();
        try {
            Hello hello = HelloCodec.parseHello(line);
            if (!tokens.isService(hello.token())) throw new RefusedException(ErrorCode.TOKEN_INVALID);
            switch (hello) {
                case Hello.Tap tap -> tap(tap, in, out);
                case Hello.Ingress ingress -> ingress(ingress, in, out);
            }
        } catch (RefusedException e) {
            refuse(out, e.problem());
        }
    }

    private static void refuse(OutputStream out, Problem problem) throws IOException {
        out.write(HelloCodec.encode(HelloAnswer.refused(problem)));
        out.flush();
    }

    // ---- tap

    private void tap(Hello.Tap hello, FrameInput in, OutputStream out) throws IOException, InterruptedException {
        try (TapCursor cursor = rooms.openTap(hello.roomId(), hello.tagPrefix(), hello.epoch(), hello.from())) {
            socket.setSoTimeout(0);
            Thread watch = Thread.ofVirtual().start(() -> watch(in));
            try {
                out.write(HelloCodec.encode(HelloAnswer.tap(cursor.epoch(), cursor.firstIndex())));
                pump(cursor, out);
            } finally {
                watch.interrupt();
            }
        }
    }

    private void pump(TapCursor cursor, OutputStream out) throws IOException, InterruptedException {
        ByteBuf buffer = Unpooled.buffer(WRITE_BYTES + 0x1_0000);
        long spokeUs = 0;
        while (!socket.isClosed() && !cursor.ended()) {
            buffer.clear();
            long nowUs = System.nanoTime() / 1_000;
            boolean any = cursor.read(buffer, WRITE_BYTES);
            if (!any && nowUs - spokeUs >= SIGN_OF_LIFE_US) cursor.tellTime(buffer, nowUs);
            if (buffer.isReadable()) {
                out.write(buffer.array(), buffer.arrayOffset(), buffer.readableBytes());
                out.flush();
                spokeUs = nowUs;
            }
            if (!any) Thread.sleep(POLL_MS); // readers look by themselves, so that the media loop need not wake them
        }
    }

    /** A reader has nothing to say after its hello: whatever comes, and the end, ends the tap. */
    private void watch(FrameInput in) {
        try (socket) {
            while (in.readPacket() != null) {
                // ignored
            }
        } catch (IOException e) {
            // the end as well
        }
    }

    // ---- ingress

    private void ingress(Hello.Ingress hello, FrameInput in, OutputStream out)
            throws IOException, InterruptedException {
        var back = new Back();
        IngressFeed feed = rooms.openIngress(hello.roomId(), new IngressFeed.Terms(hello.feed(), terms(hello)), back);
        Thread writer = null;
        try {
            socket.setSoTimeout(0);
            out.write(HelloCodec.encode(HelloAnswer.ingress()));
            out.flush();
            writer = Thread.ofVirtual().start(() -> back.pump(out));
            ByteBuf packet = in.readPacket();
            while (packet != null && feed.deliver(packet)) packet = in.readPacket();
        } finally {
            feed.close();
            if (writer != null) writer.interrupt();
        }
    }

    private static List<UpTrack> terms(Hello.Ingress hello) {
        return hello.tracks().stream()
                .map(t -> new UpTrack(
                        t.kind() == MediaKind.AUDIO ? "audio" : "video",
                        hello.feed().feedId(),
                        t.kind(),
                        new TrackFormat(
                                t.kind(),
                                t.codec(),
                                t.payloadType(),
                                -1,
                                t.clockRate(),
                                t.channels(),
                                t.fmtp() == null ? "" : t.fmtp(),
                                false,
                                false,
                                HeaderExtensions.NONE),
                        t.ssrc(),
                        0))
                .toList();
    }

    /** The way back to the player: RTCP frames, written on a thread of its own so that the media loop never waits. */
    private static final class Back implements Outlet {
        private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(RTCP_WAITING_MAX);

        @Override
        public void sendRtp(ByteBuf packet) {
            throw new UnsupportedOperationException("an ingress receives no media");
        }

        @Override
        public void sendRtcp(ByteBuf compound) {
            ByteBuf frame = Unpooled.buffer(Frames.LENGTH_BYTES + compound.readableBytes());
            Frames.append(frame, compound);
            waiting.offer(ByteBufUtil.getBytes(frame));
        }

        @Override
        public void flush() {}

        void pump(OutputStream out) {
            try {
                while (true) {
                    out.write(waiting.take());
                    out.flush();
                }
            } catch (IOException | InterruptedException e) {
                // the connection is over; its reader notices
            }
        }
    }
}
