package dev.parley.rtp.sdp;

import java.util.stream.Collectors;

/** Records to text, in the order that browsers use. */
final class SdpPrinter {
    private final StringBuilder out = new StringBuilder(4096);

    private SdpPrinter() {}

    static String print(SessionDescription session) {
        var printer = new SdpPrinter();
        printer.session(session);
        session.media().forEach(printer::media);
        return printer.out.toString();
    }

    private void session(SessionDescription s) {
        line("v=0");
        line("o=- " + s.sessionId() + " " + s.sessionVersion() + " IN IP4 127.0.0.1");
        line("s=-");
        line("t=0 0");
        flag(s.iceLite(), "ice-lite");
        if (!s.bundle().isEmpty()) {
            attribute("group", "BUNDLE " + String.join(" ", s.bundle()));
        }
        s.other().forEach(a -> line("a=" + a));
        attribute("ice-ufrag", s.iceUfrag());
        attribute("ice-pwd", s.icePwd());
        s.fingerprints().forEach(f -> line("a=fingerprint:" + f));
        attribute("setup", s.setup());
    }

    private void media(MediaDescription m) {
        String formats = m.isRtp()
                ? m.payloadTypes().stream().map(t -> String.valueOf(t.number())).collect(Collectors.joining(" "))
                : String.join(" ", m.formats());
        line("m=" + m.kind() + " " + m.port() + " " + m.protocol() + " " + (formats.isEmpty() ? "0" : formats));
        if (!m.connection().isEmpty()) {
            line("c=" + m.connection());
        }
        m.candidates().forEach(c -> line("a=candidate:" + c));
        flag(m.endOfCandidates(), "end-of-candidates");
        attribute("ice-ufrag", m.iceUfrag());
        attribute("ice-pwd", m.icePwd());
        m.fingerprints().forEach(f -> line("a=fingerprint:" + f));
        attribute("setup", m.setup());
        attribute("mid", m.mid());
        m.extensions().forEach(e -> line("a=extmap:" + e));
        line("a=" + m.direction().text());
        attribute("msid", m.msid());
        flag(m.rtcpMux(), "rtcp-mux");
        flag(m.rtcpReducedSize(), "rtcp-rsize");
        m.payloadTypes().forEach(this::payloadType);
        m.rids().forEach(r -> line("a=rid:" + r));
        attribute("simulcast", m.simulcast());
        m.ssrcGroups().forEach(g -> line("a=ssrc-group:" + g));
        m.ssrcs().forEach(s -> line("a=ssrc:" + s));
        m.other().forEach(a -> line("a=" + a));
    }

    private void payloadType(PayloadType type) {
        if (!type.codec().isEmpty()) {
            attribute("rtpmap", type.rtpmap());
        }
        type.feedback().forEach(f -> line("a=rtcp-fb:" + type.number() + " " + f));
        if (!type.fmtp().isEmpty()) {
            line("a=fmtp:" + type.number() + " " + type.fmtp());
        }
    }

    private void attribute(String name, String value) {
        if (!value.isEmpty()) {
            line("a=" + name + ":" + value);
        }
    }

    private void flag(boolean set, String name) {
        if (set) {
            line("a=" + name);
        }
    }

    private void line(String text) {
        out.append(text).append("\r\n");
    }
}
