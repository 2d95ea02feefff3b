package dev.parley.rtp.sdp;

import java.util.List;
import java.util.stream.Collectors;

/** {@code a=ssrc-group:FID 1 2} (RFC 5576 section 4.2). @param semantics FID (media, its rtx), SIM, FEC-FR */
public record SsrcGroup(String semantics, List<Long> ssrcs) {
    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }

    @Override
    public String toString() {
        return semantics + " " + ssrcs.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
