package dev.parley.recorder.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.JournalRecord;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.domain.journal.SegmentCodec;
import dev.parley.recorder.domain.journal.SegmentHeader;
import dev.parley.recorder.domain.journal.SegmentReader;
import dev.parley.recorder.domain.journal.SegmentReader.Verdict;
import dev.parley.recorder.domain.journal.SegmentSeal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A segment of five sealed records with three records in each. */
class SealedSegmentTest {
    private static final MasterKey NEW = master(1), OLD = master(2);
    private static final int SEALED = 5, IN_EACH = 3;

    private final List<Integer> ends = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whoHasTheKeyReadsWhatWasWrittenAndTheBytesTellNobodyElse(JournalCipher cipher) {
        byte[] segment = segment(keys(cipher, NEW));
        assertTrue(!new String(segment, StandardCharsets.ISO_8859_1).contains("spoken"), "not in the clear");

        var reader = new SegmentReader(segment, keys(JournalCipher.NONE, NEW));
        List<JournalRecord> records = records(reader);
        assertEquals(Verdict.CLOSED, reader.verdict());
        assertEquals(SEALED * IN_EACH, records.size());
        assertEquals(RecordType.RTP, records.get(7).type());
        assertEquals(7, records.get(7).timeUs());
        assertEquals("spoken 7", new String(records.get(7).payload(), StandardCharsets.UTF_8));

        assertEquals(Verdict.LOCKED, new SegmentReader(segment, keys(cipher, OLD)).verdict());
        assertEquals(Verdict.LOCKED, new SegmentReader(segment, JournalKeys.NONE).verdict());
    }

    @Test
    void afterTheMasterKeyWasChangedWhatTheFormerOneSealedIsStillRead() {
        byte[] before = segment(keys(JournalCipher.AES_256_GCM, OLD));
        var rotated = new SealedJournals(JournalCipher.AES_256_GCM, Optional.of(NEW), List.of(OLD));
        assertEquals(
                SEALED * IN_EACH, records(new SegmentReader(before, rotated)).size());
        ends.clear();
        byte[] after = segment(rotated);
        assertEquals(
                SEALED * IN_EACH,
                records(new SegmentReader(after, keys(JournalCipher.NONE, NEW))).size());
    }

    @Test
    void cutAtAnyByteEverySealedRecordThatIsWholeIsRead() {
        var keys = keys(JournalCipher.AES_256_GCM, NEW);
        byte[] segment = segment(keys);
        for (int cut = ends.getFirst(); cut < segment.length; cut++) {
            var reader = new SegmentReader(Arrays.copyOf(segment, cut), keys);
            int whole = whole(cut);
            assertEquals(whole * IN_EACH, records(reader).size(), "cut at " + cut);
            assertEquals(ends.get(whole).intValue(), reader.goodBytes(), "cut at " + cut);
        }
    }

    @Test
    void anyFlippedBitIsFoundEvenWithAChecksumThatWasMadeToFit() {
        var keys = keys(JournalCipher.AES_256_GCM, NEW);
        byte[] segment = segment(keys);
        for (int bit = 0; bit < 8 * segment.length; bit++) {
            byte[] bad = segment.clone();
            bad[bit >>> 3] ^= (byte) (1 << (bit & 7));
            int sealed = whole(bit >>> 3);
            boolean inPayload = (bit >>> 3) >= ends.getFirst()
                    && sealed < SEALED
                    && (bit >>> 3) >= ends.get(sealed) + SegmentCodec.RECORD_HEAD_BYTES;
            if (inPayload) fixChecksum(bad, ends.get(sealed), ends.get(sealed + 1));
            var reader = new SegmentReader(bad, keys);
            int read = records(reader).size();
            assertNotEquals(Verdict.CLOSED, reader.verdict(), "bit " + bit);
            if (!inPayload) continue;
            assertEquals(sealed * IN_EACH, read, "bit " + bit);
            assertEquals(ends.get(sealed).intValue(), reader.goodBytes(), "where it is damaged, bit " + bit);
        }
    }

    @Test
    void sealedRecordsThatChangePlacesOrSegmentsAreRefused() {
        var keys = keys(JournalCipher.AES_256_GCM, NEW);
        byte[] segment = segment(keys);
        byte[] swapped = segment.clone();
        int length = ends.get(2) - ends.get(1);
        assertEquals(length, ends.get(3) - ends.get(2));
        System.arraycopy(segment, ends.get(1), swapped, ends.get(2), length);
        System.arraycopy(segment, ends.get(2), swapped, ends.get(1), length);
        var reader = new SegmentReader(swapped, keys);
        assertEquals(IN_EACH, records(reader).size());
        assertEquals(Verdict.CORRUPT, reader.verdict());
    }

    @Test
    void noTwoRecordingsHaveTheSameKeyAndAMasterKeyMustBeOne() {
        var keys = keys(JournalCipher.SM4_GCM, NEW);
        byte[] one = keys.make("rec").orElseThrow().wrapped();
        byte[] two = keys.make("rec").orElseThrow().wrapped();
        assertTrue(!Arrays.equals(one, two));
        assertArrayEquals(Arrays.copyOf(one, 10), Arrays.copyOf(two, 10), "form, cipher, id of the master key");
        assertTrue(keys(JournalCipher.NONE, NEW).make("rec").isEmpty());
        assertThrows(IllegalArgumentException.class, () -> MasterKey.of("c2hvcnQ="));
        assertThrows(IllegalArgumentException.class, () -> MasterKey.of("not base64!"));
    }

    private byte[] segment(JournalKeys keys) {
        var key = keys.make("rec").orElseThrow();
        var header = SegmentHeader.clear("rec", 2, 5, new byte[32], "boot", 100, 1_000)
                .sealed(key.wrapped());
        byte[] headerBytes = SegmentCodec.encode(header);
        var seal = new SegmentSeal(key.cipher(), header, headerBytes);
        var out = ByteBuffer.allocate(10_000).put(headerBytes);
        ends.add(out.position());
        for (int i = 0; i < SEALED; i++) {
            var plain = ByteBuffer.allocate(1_000);
            for (int j = 0; j < IN_EACH; j++) {
                int number = i * IN_EACH + j;
                byte[] said = ("spoken " + number).getBytes(StandardCharsets.UTF_8);
                SegmentCodec.encode(RecordType.RTP, number, ByteBuffer.wrap(said), plain);
            }
            seal.seal(plain.flip(), out);
            ends.add(out.position());
        }
        SegmentCodec.encode(RecordType.END, 0, ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Sealed records that end at or before a byte. */
    private int whole(int at) {
        return (int) Math.max(0, ends.stream().filter(end -> end <= at).count() - 1);
    }

    private static void fixChecksum(byte[] segment, int from, int to) {
        var crc = new CRC32C();
        crc.update(segment, from + 8, to - from - 8);
        ByteBuffer.wrap(segment).putInt(from + 4, (int) crc.getValue());
    }

    private static List<JournalRecord> records(SegmentReader reader) {
        var records = new ArrayList<JournalRecord>();
        for (JournalRecord record = reader.next(); record != null; record = reader.next()) records.add(record);
        return records;
    }

    private static SealedJournals keys(JournalCipher cipher, MasterKey master) {
        return new SealedJournals(cipher, Optional.of(master), List.of());
    }

    private static MasterKey master(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return MasterKey.of(Base64.getEncoder().encodeToString(key));
    }
}
