package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One m-line and what belongs to it. Change a copy through {@link #toBuilder}. Texts that are not there are "", lists are never null.
 *
 * @param kind          audio, video, application, text
 * @param port          0 = refused, or (with bundle-only) carried by the bundle
 * @param protocol      e.g. UDP/TLS/RTP/SAVPF
 * @param formats       formats of an m-line that is not RTP ("webrtc-datachannel"); empty for RTP, whose formats are the payload types
 * @param connection    value of its c= line, e.g. "IN IP4 0.0.0.0"
 * @param mid           RFC 5888 identification
 * @param payloadTypes  in order of preference, as on the m-line
 * @param simulcast     value of a=simulcast, e.g. "send hi;mid;lo"
 * @param msid          "stream track" (RFC 8830)
 * @param iceUfrag      "" when it stands at the session level, see {@link SessionDescription#iceUfrag(MediaDescription)}
 * @param setup         actpass, active, passive or ""
 * @param other         attributes without a field of their own, in order
 */
public record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        String connection,
        String mid,
        MediaDirection direction,
        List<PayloadType> payloadTypes,
        List<ExtMap> extensions,
        List<SsrcLine> ssrcs,
        List<SsrcGroup> ssrcGroups,
        List<Rid> rids,
        String simulcast,
        String msid,
        String iceUfrag,
        String icePwd,
        List<Fingerprint> fingerprints,
        String setup,
        List<Candidate> candidates,
        boolean endOfCandidates,
        boolean rtcpMux,
        boolean rtcpReducedSize,
        List<Attribute> other) {

    public MediaDescription {
        formats = List.copyOf(formats);
        payloadTypes = List.copyOf(payloadTypes);
        extensions = List.copyOf(extensions);
        ssrcs = List.copyOf(ssrcs);
        ssrcGroups = List.copyOf(ssrcGroups);
        rids = List.copyOf(rids);
        fingerprints = List.copyOf(fingerprints);
        candidates = List.copyOf(candidates);
        other = List.copyOf(other);
    }

    /** True for audio and video over RTP, false for data channels. */
    public boolean isRtp() {
        return protocol.contains("RTP/");
    }

    /** Null when the number is not on this m-line. */
    public PayloadType payloadType(int number) {
        for (PayloadType type : payloadTypes) {
            if (type.number() == number) {
                return type;
            }
        }
        return null;
    }

    /** Id of a header extension, 0 when it was not offered. */
    public int extensionId(String uri) {
        for (ExtMap map : extensions) {
            if (map.uri().equals(uri)) {
                return map.id();
            }
        }
        return 0;
    }

    /** Distinct SSRCs of the ssrc lines in order. */
    public List<Long> ssrcList() {
        return ssrcs.stream().map(SsrcLine::ssrc).distinct().toList();
    }

    /** The SSRC that retransmits the given one by the FID groups (RFC 5576 section 4.2); 0 when none does. */
    public long rtxSsrc(long ssrc) {
        for (SsrcGroup group : ssrcGroups) {
            if (group.semantics().equals("FID")
                    && group.ssrcs().size() == 2
                    && group.ssrcs().get(0) == ssrc) {
                return group.ssrcs().get(1);
            }
        }
        return 0;
    }

    /** The value of an attribute without a field of its own, null when it is not there. */
    public String attribute(String name) {
        return SessionDescription.find(other, name);
    }

    public boolean hasCodec(Set<String> lowerCaseNames) {
        return payloadTypes.stream()
                .anyMatch(t -> lowerCaseNames.contains(t.codec().toLowerCase(Locale.ROOT)));
    }

    /** A builder with nothing but what every m-line must have; RTP over DTLS, sendrecv, rtcp-mux. */
    public static Builder builder(String kind, String mid) {
        var builder = new Builder();
        builder.kind = kind;
        builder.mid = mid;
        return builder;
    }

    public Builder toBuilder() {
        var b = new Builder();
        b.kind = kind;
        b.port = port;
        b.protocol = protocol;
        b.formats = formats;
        b.connection = connection;
        b.mid = mid;
        b.direction = direction;
        b.payloadTypes = payloadTypes;
        b.extensions = extensions;
        b.ssrcs = ssrcs;
        b.ssrcGroups = ssrcGroups;
        b.rids = rids;
        b.simulcast = simulcast;
        b.msid = msid;
        b.iceUfrag = iceUfrag;
        b.icePwd = icePwd;
        b.fingerprints = fingerprints;
        b.setup = setup;
        b.candidates = candidates;
        b.endOfCandidates = endOfCandidates;
        b.rtcpMux = rtcpMux;
        b.rtcpReducedSize = rtcpReducedSize;
        b.other = other;
        return b;
    }

    /** Collects the fields; not thread safe. */
    public static final class Builder {
        String kind = "audio";
        int port = 9;
        String protocol = "UDP/TLS/RTP/SAVPF";
        List<String> formats = List.of();
        String connection = "IN IP4 0.0.0.0";
        String mid = "";
        MediaDirection direction = MediaDirection.SENDRECV;
        List<PayloadType> payloadTypes = List.of();
        List<ExtMap> extensions = List.of();
        List<SsrcLine> ssrcs = List.of();
        List<SsrcGroup> ssrcGroups = List.of();
        List<Rid> rids = List.of();
        String simulcast = "";
        String msid = "";
        String iceUfrag = "";
        String icePwd = "";
        List<Fingerprint> fingerprints = List.of();
        String setup = "";
        List<Candidate> candidates = List.of();
        boolean endOfCandidates;
        boolean rtcpMux = true;
        boolean rtcpReducedSize;
        List<Attribute> other = List.of();

        Builder() {}

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder protocol(String value) {
            protocol = value;
            return this;
        }

        public Builder formats(List<String> value) {
            formats = value;
            return this;
        }

        public Builder connection(String value) {
            connection = value;
            return this;
        }

        public Builder direction(MediaDirection value) {
            direction = value;
            return this;
        }

        public Builder payloadTypes(List<PayloadType> value) {
            payloadTypes = value;
            return this;
        }

        public Builder extensions(List<ExtMap> value) {
            extensions = value;
            return this;
        }

        public Builder ssrcs(List<SsrcLine> value) {
            ssrcs = value;
            return this;
        }

        public Builder ssrcGroups(List<SsrcGroup> value) {
            ssrcGroups = value;
            return this;
        }

        public Builder rids(List<Rid> value) {
            rids = value;
            return this;
        }

        public Builder simulcast(String value) {
            simulcast = value;
            return this;
        }

        public Builder msid(String value) {
            msid = value;
            return this;
        }

        public Builder ice(String ufrag, String pwd) {
            iceUfrag = ufrag;
            icePwd = pwd;
            return this;
        }

        /** @param setup actpass in offers; active or passive in answers */
        public Builder dtls(Fingerprint fingerprint, String setup) {
            this.fingerprints = List.of(fingerprint);
            this.setup = setup;
            return this;
        }

        public Builder candidates(List<Candidate> value) {
            candidates = value;
            return this;
        }

        public Builder endOfCandidates(boolean value) {
            endOfCandidates = value;
            return this;
        }

        public Builder rtcpMux(boolean value) {
            rtcpMux = value;
            return this;
        }

        public Builder rtcpReducedSize(boolean value) {
            rtcpReducedSize = value;
            return this;
        }

        public Builder other(List<Attribute> value) {
            other = value;
            return this;
        }

        /** Appends an attribute that has no field of its own. @param value "" for a flag */
        public Builder attribute(String name, String value) {
            var all = new ArrayList<>(other);
            all.add(new Attribute(name, value));
            other = all;
            return this;
        }

        public MediaDescription build() {
            return new MediaDescription(
                    kind,
                    port,
                    protocol,
                    formats,
                    connection,
                    mid,
                    direction,
                    payloadTypes,
                    extensions,
                    ssrcs,
                    ssrcGroups,
                    rids,
                    simulcast,
                    msid,
                    iceUfrag,
                    icePwd,
                    fingerprints,
                    setup,
                    candidates,
                    endOfCandidates,
                    rtcpMux,
                    rtcpReducedSize,
                    other);
        }
    }
}
