package dev.parley.recorder.crypto;

import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.RecordCipher;
import dev.parley.recorder.domain.journal.SegmentHeader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A random data key for each taking-up of a recording, wrapped by a key of the suite's master key. Older master keys still open what was made
 * with them. The wrapped key, as it stands in every segment's header:
 * <pre>form u8 = 1 | cipher u8 | id of the master key (8) | nonce (12) | data key and tag, sealed with the recording's id as associated data</pre>
 */
@ApplicationScoped
public class SealedJournals implements JournalKeys {
    private static final Logger LOG = Logger.getLogger(SealedJournals.class);
    private static final int FORM = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JournalCipher cipher;
    private final List<MasterKey> masters = new ArrayList<>();

    @Inject
    SealedJournals(Settings settings) {
        this(
                settings.journalCipher(),
                settings.masterKey().map(MasterKey::of),
                settings.oldMasterKeys().orElse(List.of()).stream()
                        .map(MasterKey::of)
                        .toList());
        if (settings.masterKey().isEmpty()) LOG.warn("no PARLEY_MASTER_KEY: journals are written in the clear");
    }

    /** @param master seals and opens; empty = new journals are in the clear. @param old open only */
    public SealedJournals(JournalCipher cipher, Optional<MasterKey> master, List<MasterKey> old) {
        this.cipher = master.isEmpty() ? JournalCipher.NONE : cipher;
        master.ifPresent(masters::add);
        masters.addAll(old);
    }

    @Override
    public Optional<DataKey> make(String recordId) {
        if (cipher == JournalCipher.NONE) return Optional.empty();
        MasterKey master = masters.getFirst();
        byte[] key = new byte[cipher.keyBytes];
        byte[] nonce = new byte[RecordCipher.NONCE_BYTES];
        RANDOM.nextBytes(key);
        RANDOM.nextBytes(nonce);
        var wrapped = ByteBuffer.allocate(2 + MasterKey.ID_BYTES + nonce.length + key.length + RecordCipher.TAG_BYTES);
        wrapped.put((byte) FORM).put((byte) cipher.code).put(master.id()).put(nonce);
        wrapping(cipher, master).seal(nonce, associated(recordId), ByteBuffer.wrap(key), wrapped);
        return Optional.of(new DataKey(wrapped.array(), new AeadCipher(cipher, key)));
    }

    @Override
    public Optional<RecordCipher> open(SegmentHeader header) {
        var in = ByteBuffer.wrap(header.key());
        if (in.remaining() < 2 + MasterKey.ID_BYTES + RecordCipher.NONCE_BYTES || in.get() != FORM)
            return Optional.empty();
        JournalCipher kind = JournalCipher.of(in.get());
        byte[] id = new byte[MasterKey.ID_BYTES];
        byte[] nonce = new byte[RecordCipher.NONCE_BYTES];
        in.get(id).get(nonce);
        if (kind == null) return Optional.empty();
        for (MasterKey master : masters) {
            if (!master.is(id)) continue;
            byte[] key = wrapping(kind, master).open(nonce, associated(header.recordId()), in);
            return key == null ? Optional.empty() : Optional.of(new AeadCipher(kind, key));
        }
        return Optional.empty();
    }

    private static RecordCipher wrapping(JournalCipher kind, MasterKey master) {
        return new AeadCipher(kind, master.derived("parley journal key v1 " + kind.algorithm, kind.keyBytes));
    }

    private static byte[] associated(String recordId) {
        return recordId.getBytes(StandardCharsets.UTF_8);
    }
}
