package dev.parley.bench.load;

/** One SSRC as a subscriber gets it. On the load client's thread. */
final class IncomingStream {
    private static final long UNKNOWN = Long.MIN_VALUE;

    final int ssrc;
    final SequenceChecker sequence = new SequenceChecker();
    private int publication;
    private long numberMinusSequence = UNKNOWN;

    IncomingStream(int ssrc) {
        this.ssrc = ssrc;
    }

    /** True when the payload is of the publication that this stream carried before, and at its place in it. */
    boolean fits(Payload payload, long extendedSequence) {
        long difference = payload.number() - extendedSequence;
        if (numberMinusSequence == UNKNOWN) {
            publication = payload.publication();
            numberMinusSequence = difference;
        }
        return publication == payload.publication() && numberMinusSequence == difference;
    }
}
