package dev.parley.signaling.domain;

import dev.parley.contracts.media.MediaKind;
import java.util.ArrayList;
import java.util.List;

/** One m-line of an offer, as far as it has to be known here to give it a meaning (RFC 8866 section 5.14, RFC 5888 section 4). The rest is the relay's. */
public record OfferLine(MediaKind kind, String mid) {
    private static final int LINES_MAX = 64;

    /** Audio and video lines that have a mid, in order. */
    public static List<OfferLine> of(String sdp) {
        var lines = new ArrayList<OfferLine>();
        MediaKind kind = null;
        for (String line : sdp.split("\r?\n")) {
            if (line.startsWith("m=audio ")) kind = MediaKind.AUDIO;
            else if (line.startsWith("m=video ")) kind = MediaKind.VIDEO;
            else if (line.startsWith("m=")) kind = null;
            else if (kind != null && line.startsWith("a=mid:") && lines.size() < LINES_MAX) {
                lines.add(new OfferLine(kind, line.substring("a=mid:".length()).strip()));
                kind = null;
            }
        }
        return lines;
    }

    /** Mid of the first line of this kind, "" when there is none. */
    public static String first(List<OfferLine> lines, MediaKind kind) {
        for (OfferLine line : lines) if (line.kind == kind) return line.mid;
        return "";
    }
}
