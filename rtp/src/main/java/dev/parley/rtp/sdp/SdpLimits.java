package dev.parley.rtp.sdp;

/** What a description may grow to; more is refused with {@link SdpException}. */
public final class SdpLimits {
    /** Characters of the whole text. */
    public static final int TEXT_CHARS_MAX = 256 * 1024;
    /** Characters of one line. */
    public static final int LINE_CHARS_MAX = 16 * 1024;
    /** m-lines. */
    public static final int MEDIA_MAX = 512;
    /** Entries of one kind (payload types, ssrc lines, candidates, ...) in one section. */
    public static final int ENTRIES_MAX = 512;

    private SdpLimits() {}
}
