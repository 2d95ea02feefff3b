package dev.parley.signaling.domain;

/**
 * A recording that the room knows of.
 *
 * @param starterId participant, "" = automatic or over REST
 * @param endType   MRTC-RP-23: 0 ends when the starter leaves, 1 when the room ends
 * @param nodeUrl   recorder that runs it
 * @param live      still taking; false once a stop was asked for or it ended
 * @param seq       of the last event of the recorder that was taken over
 * @param silent    MRTC-RP-01: nobody but its starter hears or sees anything of it
 */
public record Recording(
        String recordId,
        String starterId,
        String thirdId,
        int endType,
        String nodeUrl,
        boolean live,
        long seq,
        boolean silent) {
    public Recording stopped() {
        return new Recording(recordId, starterId, thirdId, endType, nodeUrl, false, seq, silent);
    }

    public Recording at(long seq, boolean live) {
        return new Recording(recordId, starterId, thirdId, endType, nodeUrl, live, seq, silent);
    }
}
