package dev.parley.recorder.domain;

import dev.parley.recorder.domain.journal.JournalTail;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Compares a file with what the manifest says of it. */
public final class FileCheck {
    private FileCheck() {}

    /** @return which bytes are not as they were made, neighbours together; empty = intact */
    public static List<String> findings(Manifest.File file, InputStream content) throws IOException {
        var findings = new ArrayList<String>();
        var digest = JournalTail.newDigest();
        long at = 0;
        long badFrom = -1;
        for (String wanted : file.chunks()) {
            byte[] chunk = content.readNBytes((int) Math.min(file.chunkBytes(), file.bytes() - at));
            boolean good = HexFormat.of().formatHex(digest.digest(chunk)).equals(wanted);
            if (good && badFrom >= 0) {
                findings.add(range(file, badFrom, at));
                badFrom = -1;
            }
            if (!good && badFrom < 0) badFrom = at;
            at = Math.min(file.bytes(), at + file.chunkBytes());
        }
        if (badFrom >= 0) findings.add(range(file, badFrom, at));
        if (at < file.bytes()) findings.add(file.path() + ": the manifest does not describe all of it.");
        if (content.read() >= 0) findings.add(file.path() + ": more follows than was made.");
        return findings;
    }

    private static String range(Manifest.File file, long from, long to) {
        return file.path() + ": bytes " + from + " to " + (to - 1) + " are not as they were made.";
    }
}
