package dev.parley.relay.transport.srtp;

/** One SSRC in one direction: its place in the 48-bit index space and what of it came. */
final class SrtpStream {
    final int ssrc;
    final ReplayWindow rtp = new ReplayWindow();
    final ReplayWindow rtcp = new ReplayWindow();

    SrtpStream(int ssrc) {
        this.ssrc = ssrc;
    }

    /**
     * The index of a packet with this sequence number: the one nearest to the highest so far (RFC 3711 section 3.3.1, appendix A).
     * Negative when it would lie before the start of the stream.
     */
    long index(int sequence) {
        long highest = rtp.highest();
        return highest < 0 ? sequence : highest + (short) (sequence - (int) highest);
    }
}
