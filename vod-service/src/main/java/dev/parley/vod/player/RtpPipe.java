package dev.parley.vod.player;

import dev.parley.vod.domain.Ingress;
import dev.parley.vod.domain.OutTrack;
import dev.parley.vod.domain.RtpVerdict;
import dev.parley.vod.domain.TrackSender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Takes what FFmpeg sends to loopback sockets of this process and gives it to the room: one socket and one virtual thread per track. Packets
 * go on as they are (FFmpeg was told the SSRC and payload type); sender reports are made anew.
 */
final class RtpPipe implements AutoCloseable {
    /** What the pipe tells. Called on readers' threads. */
    interface Listener {
        /** Once, when the first packet has been given to the relay. */
        void firstPacket();

        void linkFailed(IOException reason);
    }

    private static final int DATAGRAM_BYTES_MAX = 2_048;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    /** How long a reader waits before it looks whether FFmpeg has ended. */
    private static final int IDLE_MS = 100;

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<FfmpegArguments.Output> outputs = new ArrayList<>();
    private final PipeMeters meters;
    private final Clock clock;
    private final AtomicLong lagUs = new AtomicLong(UNKNOWN);
    private final AtomicBoolean began = new AtomicBoolean();
    private CountDownLatch readers;
    private volatile boolean closed;

    /** Opens a socket on a free port for each track. */
    RtpPipe(List<OutTrack> tracks, PipeMeters meters, Clock clock) throws IOException {
        this.meters = meters;
        this.clock = clock;
        try {
            for (OutTrack track : tracks) {
                var socket = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                sockets.add(socket);
                socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
                socket.setSoTimeout(IDLE_MS);
                outputs.add(new FfmpegArguments.Output(track, socket.getLocalPort()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    List<FfmpegArguments.Output> outputs() {
        return outputs;
    }

    /**
     * Starts to forward.
     *
     * @param originUs what FFmpeg is told as {@code -start_time_realtime}
     * @param ended    true when FFmpeg sends no more: the readers then end at the first silence
     */
    void forward(Ingress.Link link, String cname, long originUs, BooleanSupplier ended, Listener listener) {
        readers = new CountDownLatch(sockets.size());
        for (int i = 0; i < sockets.size(); i++) {
            var reader = new Reader(sockets.get(i), outputs.get(i).track(), cname, originUs, link, ended, listener);
            Thread.ofVirtual().name("rtp-" + outputs.get(i).track().kind()).start(reader);
        }
    }

    /** Waits until everything that FFmpeg sent has been forwarded, or the pipe was closed. */
    void drain() throws InterruptedException {
        readers.await();
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(DatagramSocket::close);
    }

    private final class Reader implements Runnable {
        private final DatagramSocket socket;
        private final boolean video;
        private final TrackSender sender;
        private final Ingress.Link link;
        private final BooleanSupplier ended;
        private final Listener listener;
        private final byte[] bytes = new byte[DATAGRAM_BYTES_MAX];
        private final ByteBuffer report = ByteBuffer.allocate(TrackSender.REPORT_BYTES_MAX);

        Reader(
                DatagramSocket socket,
                OutTrack track,
                String cname,
                long originUs,
                Ingress.Link link,
                BooleanSupplier ended,
                Listener listener) {
            this.socket = socket;
            this.video = track.channels() == 0;
            this.sender = new TrackSender(track, cname, originUs);
            this.link = link;
            this.ended = ended;
            this.listener = listener;
        }

        @Override
        public void run() {
            var datagram = new DatagramPacket(bytes, bytes.length);
            try {
                while (!closed) {
                    boolean last = ended.getAsBoolean(); // before the wait: what came until then is still read
                    datagram.setLength(bytes.length);
                    try {
                        socket.receive(datagram);
                    } catch (SocketTimeoutException e) {
                        if (last) break;
                        continue;
                    }
                    take(datagram.getLength());
                }
                link.flush();
            } catch (IOException e) {
                if (!closed) listener.linkFailed(e);
            } finally {
                readers.countDown();
            }
        }

        private void take(int length) throws IOException {
            RtpVerdict verdict = sender.onDatagram(bytes, length);
            meters.count(verdict, length);
            if (verdict != RtpVerdict.RTP) return;
            link.send(bytes, length);
            long nowUs = Math.multiplyExact(clock.millis(), 1_000L);
            if (lagUs.get() == UNKNOWN && sender.calibrated()) lagUs.compareAndSet(UNKNOWN, sender.lagUs(bytes, nowUs));
            if (sender.reportDue(nowUs / 1_000)) {
                report.clear();
                sender.report(report, nowUs, lagUs.get());
                link.send(report.array(), report.position());
            }
            boolean first = !began.get() && began.compareAndSet(false, true);
            // A picture's packets leave together, at its last one; a sound packet at once.
            if (first || !video || TrackSender.marker(bytes)) link.flush();
            if (first) listener.firstPacket();
        }
    }
}
