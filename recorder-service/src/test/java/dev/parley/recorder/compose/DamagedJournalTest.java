package dev.parley.recorder.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.media.MediaKind;
import dev.parley.recorder.crypto.JournalCipher;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.crypto.SealedJournals;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.rtp.framed.TrackEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a journal of six segments, sealed, when something is done to it. */
class DamagedJournalTest {
    private static final SealedJournals KEYS = new SealedJournals(
            JournalCipher.AES_256_GCM,
            Optional.of(MasterKey.of(Base64.getEncoder().encodeToString(new byte[32]))),
            List.of());

    @TempDir
    Path folder;

    private List<Path> segments;

    @BeforeEach
    void record() throws Exception {
        TrackEvent voice = JournalMaker.track("ann", MediaKind.AUDIO, 77, "opus");
        var journal = new JournalMaker().sealed(KEYS.make("rec").orElseThrow()).track(0, voice);
        for (int i = 0; i < 1_100; i++) journal.rtp(20 * i, voice, i, 960L * i, false, new byte[] {(byte) 0xF8, 1, 2});
        segments = new ArrayList<>(journal.stop(22_000).write(folder));
        assertEquals(6, segments.size());
    }

    @Test
    void aWholeJournalIsPlayedWithoutAWord() throws Exception {
        assertEquals(List.of(), played(1_100));
    }

    @Test
    void aFlippedByteCostsItsSealedRecordAndShowsTwice() throws Exception {
        byte[] bytes = Files.readAllBytes(segments.get(2));
        bytes[bytes.length / 2] ^= 1;
        Files.write(segments.get(2), bytes);
        int header = 16 + headerLength(bytes);
        assertEquals(
                List.of(
                        "0001-00000002.seg ends early: CORRUPT from byte " + header + " of " + bytes.length,
                        "0001-00000002.seg was changed after it was written"),
                played(900));
    }

    @Test
    void aMissingSegmentIsNamedByItsNeighbours() throws Exception {
        segments.remove(3);
        assertEquals(List.of("segments between 0001-00000002.seg and 0001-00000004.seg are missing"), played(900));
    }

    @Test
    void aMissingBeginningAndOneThatBelongsToAnotherAreSaid() throws Exception {
        segments.removeFirst();
        assertEquals(List.of("segments before 0001-00000001.seg are missing"), played(900));
    }

    @Test
    void aCutSegmentIsReadToTheCut() throws Exception {
        byte[] bytes = Files.readAllBytes(segments.getLast());
        Files.write(segments.getLast(), java.util.Arrays.copyOf(bytes, bytes.length - 17));
        assertEquals(
                List.of("0001-00000005.seg ends early: OPEN from byte " + (bytes.length - 17) + " of "
                        + (bytes.length - 17)),
                played(1_100));
    }

    @Test
    void withoutTheKeyNothingIsReadAndWhyIsSaid() throws Exception {
        var counted = new int[1];
        List<String> damage = new JournalFiles(segments, JournalKeys.NONE)
                .play((_, _, _) -> counted[0]++)
                .damage();
        assertEquals(0, counted[0]);
        assertEquals(6, damage.size());
        assertEquals("0001-00000000.seg is sealed with a master key that is not known here", damage.getFirst());
    }

    private List<String> played(int packets) throws Exception {
        var counted = new int[1];
        var journal = new JournalFiles(segments, KEYS).play((_, _, _) -> counted[0]++);
        assertEquals(packets, counted[0]);
        assertEquals(segments.size(), journal.segments().size());
        assertEquals(journal.segments().getLast().sha256(), journal.head());
        return journal.damage();
    }

    private static int headerLength(byte[] segment) {
        return java.nio.ByteBuffer.wrap(segment).getInt(8);
    }
}
