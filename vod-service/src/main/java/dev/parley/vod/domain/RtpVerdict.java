package dev.parley.vod.domain;

/** What a datagram from FFmpeg was. Anything but RTP and SENDER_REPORT is dropped and counted. */
public enum RtpVerdict {
    RTP,
    SENDER_REPORT,
    /** Another RTCP packet, such as the BYE at the end. */
    OTHER_RTCP,
    TOO_SHORT,
    NOT_VERSION_2,
    /** Not FFmpeg's: any process of this machine can send to a loopback socket. */
    FOREIGN
}
