package dev.parley.recorder.domain.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private final List<Integer> ends = new ArrayList<>();
    private final byte[] segment = segment();

    @Test
    void cutAtAnyByteEverythingWholeBeforeTheCutIsRead() {
        for (int cut = 0; cut < segment.length; cut++) {
            var reader = new SegmentReader(Arrays.copyOf(segment, cut));
            int whole = (int) whole(cut);
            int read = count(reader);
            assertEquals(cut < ends.getFirst() ? 0 : whole, read, "cut at " + cut);
            if (cut < ends.getFirst())
                assertEquals(SegmentReader.Verdict.UNREADABLE, reader.verdict(), "cut at " + cut);
            else assertEquals(ends.get(whole).intValue(), reader.goodBytes(), "cut at " + cut);
        }
        var whole = new SegmentReader(segment);
        assertEquals(20, count(whole));
        assertEquals(SegmentReader.Verdict.CLOSED, whole.verdict());
    }

    @Test
    void anyFlippedBitIsFoundAndWhatIsBeforeItIsRead() {
        for (int bit = 0; bit < 8 * segment.length; bit++) {
            byte[] bad = segment.clone();
            bad[bit >>> 3] ^= (byte) (1 << (bit & 7));
            var reader = new SegmentReader(bad);
            int read = count(reader);
            assertNotEquals(SegmentReader.Verdict.CLOSED, reader.verdict(), "bit " + bit);
            assertTrue(read <= Math.max(0, whole(bit >>> 3)), "bit " + bit);
            if (bit >>> 3 >= ends.getFirst()) assertEquals(whole(bit >>> 3), read, "bit " + bit);
        }
    }

    @Test
    void theHeaderComesBackAndTheTailTellsWhereToGoOn() {
        SegmentHeader header = new SegmentReader(segment).header();
        assertEquals("0002-00000005.seg", header.name());
        assertEquals("rec", header.recordId());
        assertEquals(7, header.previousSha256()[31]);
        JournalTail tail = JournalTail.of(segment, JournalKeys.NONE);
        assertEquals("boot", tail.epoch());
        assertEquals(120, tail.nextFrame());
        assertArrayEquals(JournalTail.newDigest().digest(segment), tail.sha256());
        assertNull(new SegmentReader(new byte[5]).header());
    }

    private long whole(int bytes) {
        return Math.min(20, ends.stream().filter(end -> end <= bytes).count() - 1);
    }

    private static int count(SegmentReader reader) {
        int count = 0;
        while (reader.next() != null) count++;
        return count;
    }

    private byte[] segment() {
        var random = new SplittableRandom(1);
        byte[] previous = new byte[32];
        previous[31] = 7;
        var out = ByteBuffer.allocate(10_000);
        out.put(SegmentCodec.encode(SegmentHeader.clear("rec", 2, 5, previous, "boot", 100, 1_000)));
        ends.add(out.position());
        for (int i = 0; i < 20; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            SegmentCodec.encode(RecordType.RTP, i, ByteBuffer.wrap(payload), out);
            ends.add(out.position());
        }
        SegmentCodec.encode(RecordType.END, 0, ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
