package dev.parley.recorder.live;

import com.sun.management.ThreadMXBean;
import dev.parley.recorder.crypto.JournalCipher;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.crypto.SealedJournals;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.recorder.domain.journal.RecordType;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** How fast journals are written, in the clear and sealed: run it with a folder; prints MB per second of
 * processor time, system calls included, and bytes allocated per packet. Not a test. */
public final class JournalSpeed {
    private static final int PACKET_BYTES = 1_000, FLUSH_EVERY = 60, ROUNDS = 3;

    private JournalSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "journal");
        byte[] packet = new byte[PACKET_BYTES];
        new SplittableRandom(1).nextBytes(packet);
        for (int round = 1; round <= ROUNDS; round++)
            for (JournalCipher cipher : JournalCipher.values())
                write(
                        cipher,
                        folder.resolve(cipher + "-" + round),
                        packet,
                        cipher == JournalCipher.SM4_GCM ? 50_000 : 300_000);
    }

    private static void write(JournalCipher cipher, Path folder, byte[] packet, int packets) throws Exception {
        var keys = new SealedJournals(
                cipher, Optional.of(MasterKey.of(Base64.getEncoder().encodeToString(new byte[32]))), List.of());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var writer = new JournalWriter(
                folder,
                "rec",
                1,
                JournalTail.EMPTY,
                keys.make("rec"),
                new JournalWriter.Limits(4_000, 32 << 20),
                new JournalSpace(Long.MAX_VALUE),
                System::currentTimeMillis,
                segment -> segment.toFile().delete())) {
            ByteBuffer payload = ByteBuffer.wrap(packet);
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long begun = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < packets; i++) {
                writer.append(RecordType.RTP, i, payload.rewind());
                if (i % FLUSH_EVERY == 0) writer.flush();
            }
            long nanos = threads.getCurrentThreadCpuTime() - begun;
            long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
            System.out.printf(
                    "%-12s %7.1f MB/s, %d B allocated per packet%n",
                    cipher, 1e3 * packets * PACKET_BYTES / nanos, bytes / packets);
        }
    }
}
