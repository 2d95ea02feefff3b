package dev.parley.vod.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Judges what FFmpeg sends for one track and makes the sender reports (RFC 3550 sections 6.4.1 and 6.5) that tell receivers how audio and
 * video belong together. FFmpeg's own reports come every 5 s only and count from its start, 0.1 to 0.3 s before the first packet, so they
 * are read (for the RTP timestamp of the file's beginning) and replaced by one a second. Not thread safe: the track's reader owns it.
 */
public final class TrackSender {
    public static final int REPORT_EVERY_MS = 1_000;
    public static final int REPORT_BYTES_MAX = 28 + 8 + 2 + 64 + 4;

    private static final int RTP_HEADER_BYTES = 12;
    private static final int SR_BYTES = 28;
    private static final int SR = 200;
    private static final int SDES = 202;
    private static final int CNAME = 1;
    /** Seconds from 1900, where NTP begins, to 1970. */
    private static final long NTP_OFFSET_S = 2_208_988_800L;

    private final OutTrack track;
    private final byte[] cname;
    private final long originUs;
    private boolean calibrated;
    private long baseTimestamp;
    private long packets;
    private long octets;
    private long reportAtMs = Long.MIN_VALUE;

    /**
     * @param originUs wall clock that FFmpeg was told to be the file's beginning ({@code -start_time_realtime}), microseconds since the epoch
     * @param cname    the same for the tracks of a feed: only those are played in step; cut to 64 bytes
     */
    public TrackSender(OutTrack track, String cname, long originUs) {
        this.track = track;
        byte[] name = cname.getBytes(StandardCharsets.US_ASCII);
        this.cname = name.length <= 64 ? name : Arrays.copyOf(name, 64);
        this.originUs = originUs;
    }

    /** Judges a datagram: {@code length} bytes from the start of the array. Counts RTP, learns from sender reports. */
    public RtpVerdict onDatagram(byte[] bytes, int length) {
        if (length < 8) return RtpVerdict.TOO_SHORT;
        ByteBuffer packet = ByteBuffer.wrap(bytes, 0, length);
        if ((packet.get(0) & 0xFF) >>> 6 != 2) return RtpVerdict.NOT_VERSION_2;
        int type = packet.get(1) & 0xFF;
        if (type >= 192 && type <= 223) return onRtcp(packet, type, length);
        if (length < RTP_HEADER_BYTES) return RtpVerdict.TOO_SHORT;
        if ((type & 0x7F) != track.payloadType() || packet.getInt(8) != track.ssrc()) return RtpVerdict.FOREIGN;
        packets++;
        octets += length - RTP_HEADER_BYTES;
        return RtpVerdict.RTP;
    }

    private RtpVerdict onRtcp(ByteBuffer packet, int type, int length) {
        if (packet.getInt(4) != track.ssrc()) return RtpVerdict.FOREIGN;
        if (type != SR) return RtpVerdict.OTHER_RTCP;
        if (length < SR_BYTES) return RtpVerdict.TOO_SHORT;
        if (!calibrated) {
            long ntpUs = ((packet.getInt(8) & 0xFFFF_FFFFL) - NTP_OFFSET_S) * 1_000_000
                    + ((packet.getInt(12) & 0xFFFF_FFFFL) * 1_000_000 >>> 32);
            baseTimestamp = (packet.getInt(16) - ticks(ntpUs - originUs)) & 0xFFFF_FFFFL;
            calibrated = true;
        }
        return RtpVerdict.SENDER_REPORT;
    }

    /** Whether FFmpeg's first report, which precedes its first packet, has come. */
    public boolean calibrated() {
        return calibrated;
    }

    /** Whether the RTP header's marker bit is set: on video the last packet of a picture (RFC 6184 section 5.1). */
    public static boolean marker(byte[] rtp) {
        return rtp[1] < 0;
    }

    /**
     * How long after its place in the file a packet came, in microseconds: how far FFmpeg's idea of the beginning is early. The feed's first
     * packet decides this delay for all its tracks. Only after {@link #calibrated}.
     */
    public long lagUs(byte[] rtp, long nowUs) {
        int timestamp = ByteBuffer.wrap(rtp).getInt(4);
        long elapsedTicks = (int) (timestamp - baseTimestamp); // signed: Opus begins a few milliseconds before zero
        return nowUs - originUs - elapsedTicks * 1_000_000 / track.clockRate();
    }

    /** Whether a report should follow the packet just sent. */
    public boolean reportDue(long nowMs) {
        return calibrated && packets > 0 && nowMs >= reportAtMs;
    }

    /**
     * Writes a compound of SR and SDES from the buffer's position on; the buffer has {@link #REPORT_BYTES_MAX} bytes at least.
     *
     * @param nowUs wall clock, microseconds since the epoch
     * @param lagUs of the feed, see {@link #lagUs}
     */
    public void report(ByteBuffer out, long nowUs, long lagUs) {
        reportAtMs = nowUs / 1_000 + REPORT_EVERY_MS;
        long seconds = nowUs / 1_000_000;
        long fraction = (nowUs % 1_000_000 << 32) / 1_000_000;
        out.put((byte) 0x80).put((byte) SR).putShort((short) (SR_BYTES / 4 - 1)).putInt(track.ssrc());
        out.putInt((int) (seconds + NTP_OFFSET_S)).putInt((int) fraction);
        out.putInt((int) (baseTimestamp + ticks(nowUs - lagUs - originUs)));
        out.putInt((int) packets).putInt((int) octets);
        int itemBytes = 2 + cname.length;
        int padded = (itemBytes / 4 + 1) * 4; // at least one zero byte ends the list of items
        out.put((byte) 0x81)
                .put((byte) SDES)
                .putShort((short) ((8 + padded) / 4 - 1))
                .putInt(track.ssrc());
        out.put((byte) CNAME).put((byte) cname.length).put(cname).put(new byte[padded - itemBytes]);
    }

    private long ticks(long us) {
        return Math.round(us * (track.clockRate() / 1_000_000.0));
    }
}
