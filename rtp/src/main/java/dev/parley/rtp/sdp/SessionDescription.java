package dev.parley.rtp.sdp;

import java.util.List;

/**
 * A WebRTC session description (RFC 8866, RFC 8829). Immutable. Texts that are not there are "", lists are never null.
 *
 * @param sessionId      of the o= line, decimal
 * @param sessionVersion of the o= line; goes up by one with each new description of one session
 * @param bundle         mids of the first BUNDLE group (RFC 9143), empty when there is none
 * @param iceLite        a=ice-lite
 * @param iceUfrag       session level; an m-line's own value wins
 * @param fingerprints   session level; an m-line's own wins
 * @param other          session attributes without a field of their own, in order
 */
public record SessionDescription(
        String sessionId,
        long sessionVersion,
        List<String> bundle,
        boolean iceLite,
        String iceUfrag,
        String icePwd,
        List<Fingerprint> fingerprints,
        String setup,
        List<Attribute> other,
        List<MediaDescription> media) {

    public SessionDescription {
        bundle = List.copyOf(bundle);
        fingerprints = List.copyOf(fingerprints);
        other = List.copyOf(other);
        media = List.copyOf(media);
    }

    /**
     * Reads a description; lines end with CRLF or LF. What Parley does not know is kept as {@link Attribute} or skipped.
     *
     * @throws SdpException when the text is no description or exceeds {@link SdpLimits}
     */
    public static SessionDescription parse(String text) {
        return new SdpParser(text).parse();
    }

    /** A session with this id, version and media and nothing else. */
    public static SessionDescription of(
            String sessionId, long version, boolean iceLite, List<String> bundle, List<MediaDescription> media) {
        return new SessionDescription(
                sessionId,
                version,
                bundle,
                iceLite,
                "",
                "",
                List.of(),
                "",
                List.of(new Attribute("extmap-allow-mixed", ""), new Attribute("msid-semantic", " WMS *")),
                media);
    }

    /** Null when no m-line has this mid. */
    public MediaDescription byMid(String mid) {
        for (MediaDescription one : media) {
            if (one.mid().equals(mid)) {
                return one;
            }
        }
        return null;
    }

    /** The m-line whose transport all of the bundle uses: the first of the BUNDLE group, else the first m-line; null without m-lines. */
    public MediaDescription transportMedia() {
        MediaDescription tagged = bundle.isEmpty() ? null : byMid(bundle.get(0));
        return tagged != null ? tagged : media.isEmpty() ? null : media.get(0);
    }

    /** The m-line's own value, else the session's; "" when neither says one. */
    public String iceUfrag(MediaDescription of) {
        return of.iceUfrag().isEmpty() ? iceUfrag : of.iceUfrag();
    }

    public String icePwd(MediaDescription of) {
        return of.icePwd().isEmpty() ? icePwd : of.icePwd();
    }

    public List<Fingerprint> fingerprints(MediaDescription of) {
        return of.fingerprints().isEmpty() ? fingerprints : of.fingerprints();
    }

    public String setup(MediaDescription of) {
        return of.setup().isEmpty() ? setup : of.setup();
    }

    /** The value of a session attribute without a field of its own, null when it is not there. */
    public String attribute(String name) {
        return find(other, name);
    }

    /** As text with CRLF line ends; parsing it again gives an equal description. */
    public String print() {
        return SdpPrinter.print(this);
    }

    @Override
    public String toString() {
        return print();
    }

    static String find(List<Attribute> attributes, String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return attribute.value();
            }
        }
        return null;
    }
}
