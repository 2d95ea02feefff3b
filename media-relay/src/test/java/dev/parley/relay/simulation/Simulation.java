package dev.parley.relay.simulation;

import dev.parley.testsupport.net.LinkModel;
import dev.parley.testsupport.net.LinkProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Events in virtual time: what takes minutes on a real network runs here in milliseconds, and again exactly so for the same seed. */
final class Simulation {
    static final long MS = 1_000_000L, S = 1_000_000_000L;

    private record Event(long atNs, long order, Runnable action) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : Long.compare(a.order, b.order));
    private long order;
    private long nowNs = S;

    long nowNs() {
        return nowNs;
    }

    void at(long atNs, Runnable action) {
        events.add(new Event(Math.max(atNs, nowNs), order++, action));
    }

    void after(long delayNs, Runnable action) {
        at(nowNs + delayNs, action);
    }

    void every(long periodNs, Runnable action) {
        after(periodNs, () -> {
            action.run();
            every(periodNs, action);
        });
    }

    void run(long forNs) {
        long endNs = nowNs + forNs;
        while (!events.isEmpty() && events.peek().atNs <= endNs) {
            Event next = events.poll();
            nowNs = next.atNs;
            next.action.run();
        }
        nowNs = endNs;
    }

    /** One direction of a link; what arrives is handed on at its time. */
    final class Link {
        /** What SRTP and UDP add to each packet: bytes that the bottleneck counts. */
        private static final int OVERHEAD_BYTES = 16 + 28;

        final LinkModel model;
        private final Consumer<byte[]> receiver;
        long longestQueueNs;

        Link(long seed, Consumer<byte[]> receiver) {
            this.model = new LinkModel(seed);
            this.receiver = receiver;
        }

        void profile(LinkProfile profile) {
            model.profile(profile, nowNs);
        }

        void send(ByteBuf packet) {
            byte[] bytes = ByteBufUtil.getBytes(packet);
            int copies = model.offer(bytes.length + OVERHEAD_BYTES, nowNs);
            longestQueueNs = Math.max(longestQueueNs, model.queueNs(nowNs));
            if (copies > 0) at(model.deliverNs(), () -> receiver.accept(bytes)); // SRTP's replay check drops the copy
        }
    }
}
