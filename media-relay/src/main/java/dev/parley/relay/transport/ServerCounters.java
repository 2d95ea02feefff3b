package dev.parley.relay.transport;

/** What the sockets of one loop saw, all since the start. Written by the loop only; other threads read values that are a moment old. */
public final class ServerCounters {
    public long datagramsIn;
    public long datagramsOut;
    /** First byte belongs to no protocol that the port speaks (RFC 7983). */
    public long unknownKind;
    /** STUN that is malformed. */
    public long badStun;
    /** STUN for a user fragment that no transport has. */
    public long unknownUfrag;
    /** Media or DTLS from an address that no transport knows. */
    public long unknownAddress;
    /** Exceptions of listeners or of the loop itself: mistakes, logged at most every 10 s. */
    public long faults;
    /** TCP connections turned away: too many, or too long silent. */
    public long tcpRefused;
    /** TCP connections closed for what they sent. */
    public long tcpBad;
    /** Sends that the socket refused. */
    public long sendErrors;
    /** System calls that sent something or tried to; native I/O only. */
    public long sendCalls;
    /** Times segmentation (UDP_SEGMENT) was given up because an interface cannot do it; native I/O only, at most 1 a loop. */
    public long segmentationOff;

    /** Adds another loop's. */
    void add(ServerCounters other) {
        datagramsIn += other.datagramsIn;
        datagramsOut += other.datagramsOut;
        unknownKind += other.unknownKind;
        badStun += other.badStun;
        unknownUfrag += other.unknownUfrag;
        unknownAddress += other.unknownAddress;
        faults += other.faults;
        sendErrors += other.sendErrors;
        sendCalls += other.sendCalls;
        segmentationOff += other.segmentationOff;
    }
}
