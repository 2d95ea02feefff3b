package dev.parley.recorder.compose;

import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.journal.JournalChain;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.JournalRecord;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.recorder.domain.journal.SegmentReader;
import dev.parley.recorder.domain.timeline.JournalPlayer;
import dev.parley.recorder.domain.timeline.TapVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A journal in files, read from the first to the last segment; what is damaged is said and the rest is read. */
final class JournalFiles {
    private final List<Path> segments;
    private final JournalKeys keys;

    /** @param segments in the order of writing */
    JournalFiles(List<Path> segments, JournalKeys keys) {
        this.segments = segments;
        this.keys = keys;
    }

    /** @return what there was, and in words which segment is damaged from which byte, changed or missing */
    Manifest.Journal play(TapVisitor visitor) throws IOException {
        var damage = new ArrayList<String>();
        var known = new ArrayList<Manifest.Segment>();
        var player = new JournalPlayer(visitor);
        var chain = new JournalChain();
        for (Path file : segments) {
            byte[] bytes = Files.readAllBytes(file); // a few seconds of one room
            byte[] sha256 = JournalTail.newDigest().digest(bytes);
            known.add(new Manifest.Segment(file.getFileName().toString(), bytes.length, FileHashes.hex(sha256)));
            var reader = new SegmentReader(bytes, keys);
            if (reader.verdict() == SegmentReader.Verdict.UNREADABLE) {
                damage.add(file.getFileName() + " is unreadable");
                chain.skip(sha256);
                continue;
            }
            String broken = chain.follow(reader.header(), sha256);
            if (broken != null) damage.add(broken);
            if (reader.verdict() == SegmentReader.Verdict.LOCKED) {
                damage.add(file.getFileName() + " is sealed with a master key that is not known here");
                continue;
            }
            player.begin(reader.header());
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) player.play(record);
            if (reader.verdict() != SegmentReader.Verdict.CLOSED)
                damage.add(file.getFileName() + " ends early: " + reader.verdict() + " from byte " + reader.goodBytes()
                        + " of " + bytes.length);
        }
        return new Manifest.Journal(FileHashes.hex(chain.head()), known, damage);
    }
}
