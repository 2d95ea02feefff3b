package dev.parley.relay.rooms;

import com.sun.management.ThreadMXBean;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.transport.MediaIo;
import dev.parley.relay.transport.MediaTransports;
import dev.parley.relay.transport.NettyMediaTransports;
import dev.parley.relay.transport.PacketSinks;
import dev.parley.relay.transport.TransportSettings;
import dev.parley.relay.transport.TransportState;
import dev.parley.relay.transport.client.ClientListener;
import dev.parley.relay.transport.client.ClientTrack;
import dev.parley.relay.transport.client.WebRtcClient;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.nio.NioEventLoopGroup;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One publisher's video to many subscribers through the whole relay in this process: real sockets on loopback, ICE, DTLS, SRTP, rooms. The
 * subscribers shake hands as clients; then their media is moved, by a check, to sockets that only count ({@link PacketSinks}).
 */
final class FanOut implements AutoCloseable {
    private static final long DEADLINE_S = 60;
    private static final int PAYLOAD_BYTES = 1_072; // 1100 B of RTP or so

    /** Of one run. Nanoseconds and bytes of the relay's loop threads; delays from the publisher's call to the sink's read, in microseconds. */
    record Result(
            long sent,
            long forwarded,
            long lost,
            long cpuNs,
            long allocatedBytes,
            long sendCalls,
            double p50Us,
            double p99Us) {
        double perCpuSecond() {
            return forwarded * 1e9 / cpuNs;
        }

        double bytesPerPacket() {
            return (double) allocatedBytes / forwarded;
        }
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final MediaTransports transports;
    private final RelayRooms rooms;
    private final PacketSinks sinks;
    private final int subscribers;
    private final WebRtcClient publisher;
    private final List<WebRtcClient> clients = new ArrayList<>();
    private final List<StunKey> keys = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final StunWriter stun = new StunWriter();
    private final ByteBuf check = Unpooled.directBuffer(256);
    private long transaction;
    private int sequence;
    private long lastChecksNs;

    // Written by the publisher's side before a packet leaves, read by the sinks' thread.
    private final long[] sentNs = new long[1 << 16];
    private final int[] offset; // what the relay adds to sequence numbers, per sink; -1 = not known
    private final long[] delays = new long[1 << 22];
    private volatile int delayCount;

    FanOut(MediaIo io, int subscribers) throws Exception {
        this.subscribers = subscribers;
        offset = new int[subscribers];
        Arrays.fill(offset, -1);
        transports = NettyMediaTransports.start(
                TransportSettings.of("127.0.0.1", 0, List.of("127.0.0.1")).withIo(io));
        rooms = new RelayRooms(new FixedSettings(60, 100), transports, s -> {}, s -> {});
        sinks = new PacketSinks(subscribers, new InetSocketAddress("127.0.0.1", transports.port()), this::onRtp);
        publisher = connect(0, Direction.UP);
        for (int i = 0; i < subscribers; i++) {
            clients.add(connect(i + 1, Direction.DOWN));
        }
        clients.forEach(c -> c.keepAlive(false)); // from now on the sinks keep the paths alive
        learnOffsets();
    }

    private WebRtcClient connect(int number, Direction direction) throws Exception {
        var client =
                new WebRtcClient(group.next(), WebRtcClient.Options.UDP, DtlsIdentity.create(), new ClientListener() {
                    @Override
                    public void onRtp(ByteBuf packet) {}

                    @Override
                    public void onRtcp(ByteBuf compound) {}

                    @Override
                    public void onState(TransportState state, String reason) {}
                });
        boolean up = direction == Direction.UP;
        SessionDescription offer =
                client.offer(List.of(up ? ClientTrack.send("0", "video", 1_000) : ClientTrack.receive("0", "video")));
        var answer = rooms.negotiate(
                "room",
                "t" + number,
                new NegotiateRequest(
                        "p" + number,
                        direction,
                        offer.print(),
                        up ? List.of(new FeedInfo("feed", "p0", "p0", "p0", "", "camera")) : List.of(),
                        List.of(new TrackBinding("0", "feed", MediaKind.VIDEO)),
                        ""));
        SessionDescription theirs = SessionDescription.parse(answer.sdp());
        client.answer(theirs).get(DEADLINE_S, TimeUnit.SECONDS);
        if (!up) {
            names.add(theirs.iceUfrag(theirs.media().getFirst()) + ":"
                    + offer.iceUfrag(offer.media().getFirst()));
            keys.add(new StunKey(theirs.icePwd(theirs.media().getFirst())));
        }
        return client;
    }

    /** Consent of all sinks; the first one moves the media there. */
    private void checks(long nowNs) {
        if (nowNs - lastChecksNs < 2_000_000_000L) {
            return;
        }
        lastChecksNs = nowNs;
        for (int i = 0; i < subscribers; i++) {
            stun.begin(check.clear(), StunMessage.BINDING_REQUEST, 0x50415259, ++transaction)
                    .username(names.get(i))
                    .controlling(1)
                    .useCandidate()
                    .priority(1L << 24);
            stun.end(keys.get(i));
            sinks.send(i, check);
        }
    }

    /** Sends key frames one by one until a single one has reached everybody. */
    private void learnOffsets() {
        checks(System.nanoTime());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
        for (boolean all = false; !all; ) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("packets do not reach all sinks");
            }
            long[] before = new long[subscribers];
            for (int i = 0; i < subscribers; i++) before[i] = sinks.received(i);
            Arrays.fill(offset, -1);
            send(true);
            long until = System.nanoTime() + 500_000_000L;
            while (!all && System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
                all = true;
                for (int i = 0; i < subscribers; i++) all &= sinks.received(i) == before[i] + 1;
            }
        }
    }

    private void onRtp(int sink, int received) {
        int last = sequence; // one packet is under way when the offset is not known
        if (offset[sink] < 0) {
            offset[sink] = received - last & 0xFFFF;
            return;
        }
        int at = delayCount;
        if (at < delays.length) {
            delays[at] = System.nanoTime() - sentNs[received - offset[sink] & 0xFFFF];
            delayCount = at + 1;
        }
    }

    private final ByteBuf scratch = Unpooled.buffer(1_500);

    private void send(boolean keyFrame) {
        int next = sequence + 1 & 0xFFFF;
        sentNs[next] = System.nanoTime();
        sequence = next;
        RtpPacket.writeHeader(scratch.clear(), 96, true, next, 90L * next, 1_000);
        scratch.writeByte(keyFrame ? 0x10 : 0x00).writeByte(keyFrame ? 0x00 : 0x01); // RFC 7741 sections 4.2 and 4.3
        scratch.writeZero(PAYLOAD_BYTES - 2);
        publisher.sendRtp(scratch);
    }

    /** An open loop, as the world is: what the relay is too slow for is lost. @param burst packets sent at once */
    Result run(double seconds, int packetsPerSecond, int burst) {
        var window = new Window();
        long startNs = System.nanoTime();
        long gapNs = 1_000_000_000L * burst / packetsPerSecond;
        int bursts = (int) (seconds * packetsPerSecond / burst);
        for (int i = 0; i < bursts; i++) {
            long dueNs = startNs + i * gapNs;
            for (long now = System.nanoTime(); now < dueNs; now = System.nanoTime()) {
                LockSupport.parkNanos(dueNs - now);
            }
            send(burst);
        }
        window.awaitArrival((long) bursts * burst);
        return window.result((long) bursts * burst);
    }

    /** A closed loop: each burst has arrived everywhere before the next is sent, however slow the machine is. Ends early when one does not. */
    Result pass(int packets, int burst) {
        var window = new Window();
        long sent = 0;
        do {
            send(burst);
            sent += burst;
        } while (window.awaitArrival(sent) && sent < packets);
        return window.result(sent);
    }

    private void send(int burst) {
        for (int p = 0; p < burst; p++) {
            send(false);
        }
        checks(System.nanoTime());
    }

    /** What the counters said before. */
    private final class Window {
        private final long received = sinks.received();
        private final long cpu = sum(false);
        private final long allocated = sum(true);
        private final long calls = transports.counters().sendCalls;

        Window() {
            delayCount = 0;
        }

        /** False when not all of them came within the deadline. */
        boolean awaitArrival(long sent) {
            long wanted = received + sent * subscribers;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            while (sinks.received() < wanted && System.nanoTime() < until) {
                checks(System.nanoTime());
                LockSupport.parkNanos(100_000);
            }
            return sinks.received() >= wanted;
        }

        Result result(long sent) {
            long forwarded = sinks.received() - received;
            int count = delayCount;
            long[] sorted = Arrays.copyOf(delays, count);
            Arrays.sort(sorted);
            return new Result(
                    sent,
                    forwarded,
                    sent * subscribers - forwarded,
                    sum(false) - cpu,
                    sum(true) - allocated,
                    transports.counters().sendCalls - calls,
                    count == 0 ? 0 : sorted[count / 2] / 1e3,
                    count == 0 ? 0 : sorted[(int) (count * 0.99)] / 1e3);
        }
    }

    private long sum(boolean allocated) {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("media-")) {
                sum += allocated
                        ? threads.getThreadAllocatedBytes(thread.threadId())
                        : threads.getThreadCpuTime(thread.threadId());
            }
        }
        return sum;
    }

    @Override
    public void close() {
        rooms.closeAll();
        transports.close();
        sinks.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Prints a table: arguments are [io [subscribers [seconds [packets/s [cold|warmed]]]]]. Run it alone on the machine; see docs/performance.md. */
    public static void main(String[] args) throws Exception {
        MediaIo io = args.length > 0 ? MediaIo.valueOf(args[0]) : MediaIo.AUTO;
        int subscribers = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 5;
        int rate = args.length > 3 ? Integer.parseInt(args[3]) : 280;
        String mode = args.length > 4 ? args[4] : "";
        if (mode.equals("warmed")) {
            long startNs = System.nanoTime();
            long passed = new WarmUp(new FixedSettings(60, 100)).run(20_000, 3_000);
            System.out.printf("warm-up: %d packets, %d ms%n", passed, (System.nanoTime() - startNs) / 1_000_000);
        }
        try (var path = new FanOut(io, subscribers)) {
            if (mode.isEmpty()) {
                path.run(seconds, rate, 1); // compiled after these
                path.run(seconds, rate, 10);
            }
            System.out.println("io      burst  packets   lost  packets/CPU-s  B/packet  calls/packet  p50 us  p99 us");
            for (int round = 0; round < 3; round++) {
                for (int burst : new int[] {1, 10}) {
                    Result r = path.run(seconds, rate, burst);
                    System.out.printf(
                            "%-7s %5d %8d %6d %14.0f %9.2f %13.3f %7.0f %7.0f%n",
                            io,
                            burst,
                            r.forwarded(),
                            r.lost(),
                            r.perCpuSecond(),
                            r.bytesPerPacket(),
                            (double) r.sendCalls() / r.forwarded(),
                            r.p50Us(),
                            r.p99Us());
                }
            }
        }
    }
}
