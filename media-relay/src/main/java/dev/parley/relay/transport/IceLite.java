package dev.parley.relay.transport;

import dev.parley.rtp.stun.StunMessage;
import io.netty.buffer.ByteBuf;

/**
 * The relay's side of ICE with one client (RFC 8445, lite): its names and passwords over restarts, and the answers to checks. Names change on any thread,
 * under this object's lock; checks are answered on the loop.
 */
final class IceLite {
    private static final int ROLE_CONFLICT = 487, UNKNOWN_ATTRIBUTE = 420;

    private final ClientTransport owner;
    private final Loop loop;
    private final ClientPaths paths;
    private final TransportCounters counters;
    private volatile IceCredentials current;
    private volatile IceCredentials previous; // until the first check of the new generation
    private ByteBuf out;

    IceLite(ClientTransport owner, Loop loop, ClientPaths paths, TransportCounters counters, RemoteTransport remote) {
        this.owner = owner;
        this.loop = loop;
        this.paths = paths;
        this.counters = counters;
        this.current = fresh(remote);
    }

    private IceCredentials fresh(RemoteTransport remote) {
        IceCredentials made;
        do {
            made = IceCredentials.create(remote.iceUfrag(), remote.icePwd());
        } while (!loop.table().add(made.localUfrag(), owner));
        return made;
    }

    /** Those of the newest generation. Any thread. */
    IceCredentials current() {
        return current;
    }

    /** New names on both sides; the old ones work until the first check under the new. Does nothing when the transport is over. */
    synchronized void restart(RemoteTransport remote) {
        if (owner.state().isFinal()) {
            return;
        }
        IceCredentials replaced = current;
        if (previous == null) {
            previous = replaced;
        } else {
            loop.table().remove(replaced.localUfrag(), owner); // was never used: the one before it still is
        }
        current = fresh(remote);
        if (owner.state().isFinal()) { // closed meanwhile
            forget();
        }
    }

    /** Nobody finds the transport by name any more. */
    synchronized void forget() {
        loop.table().remove(current.localUfrag(), owner);
        forgetPrevious();
    }

    private synchronized void forgetPrevious() {
        if (previous != null) {
            loop.table().remove(previous.localUfrag(), owner);
            previous = null;
        }
    }

    /** Answers a well-formed binding request that names this transport. The path on which it was right; null when it was not, and counted. */
    Path answer(StunMessage message, String localUfrag, String remoteUfrag, AddressKey from, TcpPath via) {
        IceCredentials ice = credentials(localUfrag);
        if (ice == null || !message.verifyIntegrity(ice.localKey())) {
            counters.stunBad++;
            return null;
        }
        if (!remoteUfrag.equals(ice.remoteUfrag())) {
            counters.stunEarly++; // the client has restarted ICE, and its offer is still on its way: it asks again
            return null;
        }
        Path path = paths.of(from, via);
        if (path == null) {
            counters.stunBad++;
            return null;
        }
        counters.stunIn++;
        path.lastCheckNs = loop.nowNs();
        if (message.has(StunMessage.ICE_CONTROLLED)) {
            begin(path, StunMessage.BINDING_ERROR, message);
            loop.stunWriter.error(ROLE_CONFLICT, "Role Conflict"); // a lite agent is always the controlled one
            end(path, ice);
            return null;
        }
        int unknown = message.unknownRequired();
        if (unknown >= 0) {
            begin(path, StunMessage.BINDING_ERROR, message);
            loop.stunWriter.error(UNKNOWN_ATTRIBUTE, "Unknown Attribute").unknownAttribute(unknown);
            end(path, ice);
            return null;
        }
        begin(path, StunMessage.BINDING_SUCCESS, message);
        loop.stunWriter.xorMappedAddress(path.remote);
        end(path, ice);
        if (ice == current) {
            forgetPrevious();
        }
        return path;
    }

    private void begin(Path path, int type, StunMessage request) {
        out = path.allocate(160);
        loop.stunWriter.begin(out, type, request.buffer(), request.transactionOffset());
    }

    private void end(Path path, IceCredentials ice) {
        loop.stunWriter.end(ice.localKey());
        path.write(out);
        out = null;
    }

    private IceCredentials credentials(String localUfrag) {
        IceCredentials now = current;
        if (now.localUfrag().equals(localUfrag)) {
            return now;
        }
        IceCredentials before = previous;
        return before != null && before.localUfrag().equals(localUfrag) ? before : null;
    }
}
