package dev.parley.relay.domain;

import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SsrcGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which streams a publisher's m-line offers: a simulcast by RID (RFC 8853 section 5), one by SSRC group ("SIM"), or a single stream. Pure. */
final class Simulcast {
    private static final int RID_CHARS_MAX = 16;

    private Simulcast() {}

    /**
     * The streams of a=simulcast that the relay takes, in the order of the offer, as lines of the answer; empty without simulcast, or when the
     * packets could not be told apart. Of alternatives ("a,b") the first counts.
     */
    static List<Rid> rids(MediaDescription line) {
        if (!line.kind().equals("video") || !line.simulcast().startsWith("send ")) return List.of();
        if (line.extensionId(HeaderExtensions.RID_URI) == 0 || line.extensionId(HeaderExtensions.MID_URI) == 0)
            return List.of();
        List<Rid> taken = new ArrayList<>();
        for (String stream : line.simulcast().substring(5).strip().split("[ ;]")) {
            if (stream.equals("recv")) break;
            String id = stream.split(",")[0].replace("~", ""); // ~ = paused at first
            boolean offered = line.rids().stream()
                    .anyMatch(r -> r.id().equals(id) && r.direction().equals("send"));
            boolean again = taken.stream().anyMatch(r -> r.id().equals(id));
            if (!offered || again || id.length() > RID_CHARS_MAX) continue;
            taken.add(new Rid(id, "recv", ""));
            if (taken.size() == UpTrack.ENCODINGS_MAX) break;
        }
        return taken.size() < 2 ? List.of() : taken;
    }

    /** Value of the answer's a=simulcast; "" without. */
    static String answer(List<Rid> rids) {
        return rids.isEmpty() ? "" : "recv " + rids.stream().map(Rid::id).collect(Collectors.joining(";"));
    }

    /** @param rids as {@link #rids} answered; @param rtx retransmissions have streams of their own */
    static List<UpEncoding> encodings(MediaDescription line, List<Rid> rids, boolean rtx) {
        if (!rids.isEmpty())
            return rids.stream().map(r -> new UpEncoding(r.id(), 0, 0)).toList();
        for (SsrcGroup group : line.ssrcGroups()) {
            if (!group.semantics().equals("SIM") || group.ssrcs().size() < 2) continue;
            return group.ssrcs().stream()
                    .distinct()
                    .limit(UpTrack.ENCODINGS_MAX)
                    .map(ssrc -> new UpEncoding("", ssrc, rtx ? line.rtxSsrc(ssrc) : 0))
                    .toList();
        }
        long ssrc = line.ssrcList().isEmpty() ? 0 : line.ssrcList().get(0);
        return List.of(new UpEncoding("", ssrc, !rtx || ssrc == 0 ? 0 : line.rtxSsrc(ssrc)));
    }
}
