package dev.parley.rtp.sdp;

import java.util.List;
import java.util.Locale;

/**
 * One payload type of an m-line: its rtpmap, fmtp and rtcp-fb lines.
 *
 * @param number    0 to 127
 * @param codec     as in rtpmap, case kept: "opus", "VP8", "H264", "rtx", "red"; "" when there was no rtpmap and the number is not a static one
 * @param clockRate Hz; 0 when unknown
 * @param channels  of audio, 1 when not said; 1 for video, where it means nothing
 * @param fmtp      format parameters without the number, "" when there are none
 * @param feedback  rtcp-fb values: "nack", "nack pli", "ccm fir", "transport-cc", "goog-remb"
 */
public record PayloadType(int number, String codec, int clockRate, int channels, String fmtp, List<String> feedback) {
    public PayloadType {
        feedback = List.copyOf(feedback);
    }

    public boolean is(String name) {
        return codec.equalsIgnoreCase(name);
    }

    public boolean hasFeedback(String value) {
        return feedback.contains(value);
    }

    /** A parameter of the fmtp such as "apt" or "profile-level-id", names compared without case; null when it is not there. */
    public String parameter(String name) {
        for (String part : fmtp.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return part.substring(equals + 1).strip();
            }
        }
        return null;
    }

    /** The payload type that this rtx repairs (RFC 4588 section 8.6); -1 when it is no rtx or says nothing readable. */
    public int repairs() {
        String apt = is("rtx") ? parameter("apt") : null;
        return apt == null ? -1 : Numbers.parse(apt, 0, 127, -1);
    }

    public PayloadType withFeedback(List<String> values) {
        return new PayloadType(number, codec, clockRate, channels, fmtp, values);
    }

    public PayloadType withFmtp(String value) {
        return new PayloadType(number, codec, clockRate, channels, value, feedback);
    }

    /** "opus/48000/2", in lower case: what two payload types of one codec share beside their fmtp. */
    public String key() {
        return codec.toLowerCase(Locale.ROOT) + "/" + clockRate + "/" + channels;
    }

    String rtpmap() {
        return number + " " + codec + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }
}
