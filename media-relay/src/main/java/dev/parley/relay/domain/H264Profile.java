package dev.parley.relay.domain;

import dev.parley.rtp.sdp.PayloadType;

/** H264 parameters that two sides must share (RFC 6184 section 8.1): packetization mode and profile; levels are asymmetric and not compared. */
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    OTHER;

    /** By profile-level-id: profile_idc, then constraint flags, then level; without one the default is baseline. */
    static H264Profile of(PayloadType type) {
        String id = type.parameter("profile-level-id");
        if (id == null) return BASELINE;
        if (id.length() != 6) return OTHER;
        int bits;
        try {
            bits = Integer.parseInt(id, 16);
        } catch (NumberFormatException e) {
            return OTHER;
        }
        int constraints = bits >>> 8 & 0xFF;
        return switch (bits >>> 16) {
            case 0x42 -> (constraints & 0x40) != 0 ? CONSTRAINED_BASELINE : BASELINE;
            case 0x4D -> (constraints & 0x80) != 0 ? CONSTRAINED_BASELINE : MAIN;
            case 0x64 -> (constraints & 0x0C) == 0x0C ? CONSTRAINED_HIGH : HIGH;
            default -> OTHER;
        };
    }

    /** Only non-interleaved mode is spoken: pictures larger than a packet need it. */
    static boolean usable(PayloadType type) {
        return "1".equals(type.parameter("packetization-mode"));
    }

    /** A decoder of this profile shows a stream of that one. */
    boolean decodes(H264Profile stream) {
        return this == stream
                || stream == CONSTRAINED_BASELINE && this != OTHER
                || stream == MAIN && (this == HIGH)
                || stream == CONSTRAINED_HIGH && this == HIGH;
    }
}
