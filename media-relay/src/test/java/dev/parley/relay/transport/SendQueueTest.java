package dev.parley.relay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How packets become messages, and what happens when the kernel takes less than it is given: its answers are scripted here. */
class SendQueueTest {
    /** Reads struct mmsghdr as the kernel does, answers as told (all taken when nothing is left to say), remembers what it took. */
    @SuppressWarnings("restricted")
    private static final class ScriptedKernel implements SendQueue.Kernel {
        /** Of one message that was taken: its first byte, port, length and segment size (0 = none). */
        record Taken(int first, int port, int bytes, int segment) {}

        final ArrayDeque<Integer> answers = new ArrayDeque<>();
        final List<Taken> taken = new ArrayList<>();
        /** Every packet: receiver's port, then its first byte. */
        final List<String> packets = new ArrayList<>();

        int calls;

        @Override
        public int send(long messages, int count) {
            calls++;
            int answer = answers.isEmpty() ? count : Math.min(count, answers.poll());
            MemorySegment all = MemorySegment.ofAddress(messages).reinterpret(64L * count);
            for (int i = 0; i < answer; i++) {
                long at = 64L * i;
                MemorySegment iovec = follow(all, at + 16, 16);
                int bytes = (int) iovec.get(ValueLayout.JAVA_LONG, 8);
                MemorySegment data = follow(iovec, 0, bytes);
                int port = new AddressKey().set(follow(all, at, 28), 0).port();
                int segment = all.get(ValueLayout.JAVA_LONG, at + 40) == 0
                        ? 0
                        : follow(all, at + 32, 24).get(ValueLayout.JAVA_SHORT, 16) & 0xFFFF;
                taken.add(new Taken(data.get(ValueLayout.JAVA_BYTE, 0), port, bytes, segment));
                for (int from = 0; from < bytes; from += segment == 0 ? bytes : segment) {
                    packets.add(port + ":" + data.get(ValueLayout.JAVA_BYTE, from));
                }
            }
            return answer;
        }

        private static MemorySegment follow(MemorySegment from, long at, long bytes) {
            return MemorySegment.ofAddress(from.get(ValueLayout.JAVA_LONG, at)).reinterpret(bytes);
        }
    }

    private final ServerCounters counters = new ServerCounters();
    private final ScriptedKernel kernel = new ScriptedKernel();
    private final SendQueue queue = new SendQueue(kernel, true, counters);
    private final NativeUdpPath ann = path(1001);
    private final NativeUdpPath bob = path(1002);

    private NativeUdpPath path(int port) {
        var remote = new InetSocketAddress("127.0.0.1", port);
        return new NativeUdpPath(queue, Libc.AF_INET, AddressKey.of(remote), remote, null);
    }

    private void add(NativeUdpPath path, int first, int bytes) {
        assertTrue(path.isWritable());
        ByteBuf out = path.allocate(bytes + 20);
        out.writeByte(first).writeZero(bytes - 1);
        path.write(out);
    }

    @Test
    void packetsOfOneSizeForOneReceiverLeaveAsOneMessageWhicheverOrderTheyCameIn() {
        for (int i = 0; i < 3; i++) {
            add(ann, i, 1100);
            add(bob, 10 + i, 1100);
        }
        queue.flush();
        assertEquals(1, kernel.calls);
        assertEquals(
                List.of(new ScriptedKernel.Taken(0, 1001, 3300, 1100), new ScriptedKernel.Taken(10, 1002, 3300, 1100)),
                kernel.taken);
        assertEquals(6, counters.datagramsOut);
        assertTrue(queue.isEmpty());
    }

    @Test
    void aRunEndsWithItsFirstShorterPacketAndALongerOneBeginsAnother() {
        for (int bytes : new int[] {1100, 1100, 700, 700, 900, 900, 100}) {
            add(ann, bytes / 100, bytes);
        }
        queue.flush();
        assertEquals(
                List.of(
                        new ScriptedKernel.Taken(11, 1001, 2900, 1100),
                        new ScriptedKernel.Taken(7, 1001, 700, 0),
                        new ScriptedKernel.Taken(9, 1001, 1900, 900)),
                kernel.taken);
        assertEquals(List.of("1001:11", "1001:11", "1001:7", "1001:7", "1001:9", "1001:9", "1001:1"), kernel.packets);
    }

    @Test
    void aRunHasNoMoreSegmentsThanTheKernelTakes() {
        for (int i = 0; i < SendQueue.SEGMENTS_MAX + 1; i++) {
            add(ann, i, 100);
        }
        queue.flush();
        assertEquals(
                List.of(6400, 100),
                kernel.taken.stream().map(ScriptedKernel.Taken::bytes).toList());
    }

    @Test
    void moreThanOneCallMayCarryLeaveByTheNext() {
        for (int i = 0; i < 3 * SendQueue.MESSAGES; i++) {
            add(path(2000 + i), i & 0x7F, 200);
        }
        queue.flush();
        assertEquals(3, kernel.calls);
        assertEquals(3 * SendQueue.MESSAGES, kernel.packets.size());
    }

    @Test
    void whatTheKernelDidNotTakeGoesOutInOrderWhenItIsWritableAgain() {
        for (int i = 0; i < 4; i++) {
            add(path(2000 + i), i, 200);
        }
        kernel.answers.addAll(List.of(1, -Libc.EAGAIN));
        queue.flush();
        assertTrue(queue.isBlocked());
        assertEquals(1, kernel.taken.size());
        add(ann, 9, 200); // meanwhile
        queue.flush();
        assertFalse(queue.isBlocked());
        assertEquals(List.of("2000:0", "2001:1", "2002:2", "2003:3", "1001:9"), kernel.packets);
        assertEquals(0, counters.sendErrors);
    }

    @Test
    void aFullQueueRefusesAndTakesAgainOnceTheKernelDoes() {
        kernel.answers.add(-Libc.EAGAIN);
        int accepted = 0;
        var paths = new ArrayList<NativeUdpPath>();
        for (int i = 0; i <= SendQueue.CHUNKS; i++) {
            paths.add(path(2000 + i));
            if (paths.getLast().isWritable()) {
                add(paths.getLast(), 1, 1200);
                accepted++;
            }
        }
        assertEquals(SendQueue.CHUNKS, accepted);
        assertTrue(queue.isBlocked());
        assertFalse(ann.isWritable());
        assertEquals(1, kernel.calls, "a blocked socket is not asked again for each packet");
        queue.flush();
        assertTrue(ann.isWritable());
        assertEquals(SendQueue.CHUNKS, kernel.packets.size());
    }

    @Test
    void oneReceiverThatCannotBeReachedCostsItsPacketsOnly() {
        add(ann, 1, 500);
        add(bob, 2, 500);
        kernel.answers.add(-101); // ENETUNREACH
        queue.flush();
        assertEquals(List.of("1002:2"), kernel.packets);
        assertEquals(1, counters.sendErrors);
    }

    @Test
    void anInterfaceThatCannotSegmentTurnsSegmentationOffAndLosesNothing() {
        for (int i = 0; i < 3; i++) {
            add(ann, i, 1100);
        }
        kernel.answers.add(-Libc.EIO);
        queue.flush();
        assertEquals(List.of("1001:0", "1001:1", "1001:2"), kernel.packets);
        assertFalse(queue.segmentation());
        assertEquals(1, counters.segmentationOff);
        assertEquals(0, counters.sendErrors);
        add(bob, 7, 900);
        add(bob, 8, 900);
        queue.flush();
        assertEquals(0, kernel.taken.getLast().segment());
        assertEquals(5, kernel.packets.size());
    }

    @Test
    void aRunLongerThanThePathsMtuIsSentPacketByPacketAndOthersGoOnAsBefore() {
        for (int i = 0; i < 2; i++) {
            add(ann, i, 1100);
            add(bob, 10 + i, 1100);
        }
        kernel.answers.add(-Libc.EMSGSIZE);
        queue.flush();
        assertEquals(List.of("1001:0", "1001:1", "1002:10", "1002:11"), kernel.packets);
        assertTrue(queue.segmentation());
        assertEquals(1100, kernel.taken.getLast().segment());
    }

    @Test
    void noScriptOfAnswersLosesReordersOrDoublesAPacket() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var paths = List.of(path(3000), path(3001), path(3002), path(3003));
        var expected = new ArrayList<List<String>>();
        paths.forEach(p -> expected.add(new ArrayList<>()));
        for (int round = 0; round < 3_000; round++) {
            for (int i = random.nextInt(40); i > 0; i--) {
                int to = random.nextInt(paths.size());
                int first = random.nextInt(128);
                if (paths.get(to).isWritable()) {
                    add(paths.get(to), first, random.nextInt(3) == 0 ? 50 + random.nextInt(1400) : 1100);
                    expected.get(to).add(3000 + to + ":" + first);
                }
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                kernel.answers.add(List.of(-Libc.EAGAIN, -Libc.EINTR, 1, 2).get(random.nextInt(4)));
            }
            queue.flush();
        }
        kernel.answers.clear();
        queue.flush();
        for (int to = 0; to < paths.size(); to++) {
            String prefix = 3000 + to + ":";
            assertEquals(
                    expected.get(to),
                    kernel.packets.stream().filter(p -> p.startsWith(prefix)).toList(),
                    "seed " + seed);
        }
        assertEquals(0, counters.sendErrors, "seed " + seed);
    }
}
