package dev.parley.relay.transport.dtls;

import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;

/**
 * One DTLS association, from the first flight to close_notify, on a virtual thread of its own. It goes on listening after the handshake: to
 * repeat its last flight when the peer lost it, and to hear close_notify.
 */
public final class DtlsAssociation {
    /** Called on the association's own thread. */
    public interface Events {
        /** One datagram for the peer; the bytes are valid during the call. */
        void send(byte[] bytes, int offset, int length);

        /** The handshake is done and the peer's certificate is the one of the SDP. Once at most. */
        void onKeys(SrtpKeyMaterial keys);

        /** The handshake failed or took too long; final. */
        void onFailed(String reason);

        /** The peer closed, or an established association broke; final. */
        void onClosed();
    }

    /** Handshake from its first datagram to its end. */
    static final int HANDSHAKE_MS_MAX = 20_000;
    /** First retransmission (doubles): RFC 6347 section 4.2.4.1 says 1 s and allows less for real time. */
    static final int RESEND_MS = 250;

    private static final int LISTEN_MS = 60_000;

    private final Events events;
    private final DtlsIdentity identity;
    private final List<Fingerprint> accepted;
    private final List<SrtpProfile> profiles;
    private final boolean server;
    private final QueueTransport transport;
    private volatile boolean closing;

    private DtlsAssociation(
            boolean server,
            DtlsIdentity identity,
            List<Fingerprint> accepted,
            List<SrtpProfile> profiles,
            Events events) {
        this.server = server;
        this.profiles = List.copyOf(profiles);
        this.identity = identity;
        this.accepted = List.copyOf(accepted);
        this.events = events;
        this.transport = new QueueTransport(events::send);
    }

    /** The passive side. @param accepted fingerprints of the peer's certificate, one of which must match */
    public static DtlsAssociation server(DtlsIdentity identity, List<Fingerprint> accepted, Events events) {
        return new DtlsAssociation(true, identity, accepted, List.of(SrtpProfile.values()), events);
    }

    /** The active side. @param profiles what it offers, most wanted first */
    public static DtlsAssociation client(
            DtlsIdentity identity, List<Fingerprint> accepted, List<SrtpProfile> profiles, Events events) {
        return new DtlsAssociation(false, identity, accepted, profiles, events);
    }

    /** Begins. Once. @param name of the virtual thread */
    public DtlsAssociation start(String name) {
        Thread.ofVirtual().name(name).start(this::run);
        return this;
    }

    /** A datagram of the peer, which is kept. Any thread, does not wait. @return false when it was dropped because too many wait */
    public boolean offer(byte[] datagram) {
        return transport.offer(datagram);
    }

    /** Datagrams of the peer that wait to be looked at. Any thread. */
    public int waiting() {
        return transport.waiting();
    }

    /** Says close_notify if there is somebody to say it to, and ends the thread. Any thread, does not wait, safe to repeat. */
    public void close() {
        closing = true;
        transport.stop();
    }

    private void run() {
        DTLSTransport established;
        try {
            established = server
                    ? new DTLSServerProtocol().accept(new SrtpTlsServer(identity, accepted, events::onKeys), transport)
                    : new DTLSClientProtocol()
                            .connect(new SrtpTlsClient(identity, accepted, profiles, events::onKeys), transport);
        } catch (IOException | RuntimeException e) {
            if (!closing) {
                events.onFailed(String.valueOf(e.getMessage()));
            }
            return;
        }
        transport.established();
        listen(established);
    }

    private void listen(DTLSTransport established) {
        byte[] ignored = new byte[2048]; // application data: there are no data channels
        try {
            while (!closing && !transport.isClosed()) {
                established.receive(ignored, 0, ignored.length, LISTEN_MS);
            }
        } catch (IOException | RuntimeException _) {
            // Stopped, or a fatal alert: the association is over, which is said below.
        }
        boolean byPeer = !closing;
        try {
            established.close();
        } catch (IOException | RuntimeException _) {
            // Nobody is left to tell.
        }
        if (byPeer) {
            events.onClosed();
        }
    }
}
