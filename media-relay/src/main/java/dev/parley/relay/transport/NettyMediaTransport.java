package dev.parley.relay.transport;

import dev.parley.relay.transport.dtls.DtlsAssociation;
import dev.parley.relay.transport.dtls.SrtpKeyMaterial;
import dev.parley.relay.transport.srtp.SrtpReceiver;
import dev.parley.relay.transport.srtp.SrtpSender;
import dev.parley.rtp.packet.PacketKind;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.stun.StunMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** See {@link MediaTransport}; states and timers are told at {@link TransportState} and in docs/relay-transport.md. */
final class NettyMediaTransport implements MediaTransport {
    private static final System.Logger LOG = System.getLogger(NettyMediaTransport.class.getName());
    /** Addresses and connections that one client may have open; the one silent for longest gives way. */
    static final int PATHS_MAX = 8;

    private final String id;
    private final NettyMediaTransports server;
    private final Loop loop;
    private final MediaListener listener;
    private final List<Fingerprint> remoteFingerprints;
    private final TransportCounters counters = new TransportCounters();
    private final List<Path> paths = new ArrayList<>(2);
    private final long createdNs = System.nanoTime();

    private volatile IceCredentials current;
    private volatile IceCredentials previous; // until the first check of the new generation
    private volatile TransportState state = TransportState.CONNECTING;
    private volatile String srtpProfile = "";
    private volatile Path selected;
    private Path dtlsPath; // where the last handshake record came from
    private volatile DtlsAssociation dtls;
    private SrtpReceiver receiver;
    private SrtpSender sender;
    private long lastAliveNs;
    /** Number of the loop's batch in which this transport brought something. */
    long heardInBatch = -1;

    NettyMediaTransport(
            String id, NettyMediaTransports server, Loop loop, RemoteTransport remote, MediaListener listener) {
        this.id = id;
        this.server = server;
        this.loop = loop;
        this.listener = listener;
        this.remoteFingerprints = remote.fingerprints();
        this.current = newCredentials(remote);
    }

    private IceCredentials newCredentials(RemoteTransport remote) {
        IceCredentials made;
        do {
            made = IceCredentials.create(remote.iceUfrag(), remote.icePwd());
        } while (!loop.table().add(made.localUfrag(), this));
        return made;
    }

    Loop loop() {
        return loop;
    }

    MediaListener listener() {
        return listener;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public LocalTransport local() {
        IceCredentials ice = current;
        return new LocalTransport(
                ice.localUfrag(), ice.localPwd(), server.identity().fingerprint(), "passive", server.candidates());
    }

    @Override
    public synchronized void restartIce(RemoteTransport remote) {
        if (!remoteFingerprints.containsAll(remote.fingerprints())) {
            throw new IllegalArgumentException("another certificate needs another transport");
        }
        if (state.isFinal()) {
            return;
        }
        IceCredentials replaced = current;
        if (previous == null) {
            previous = replaced;
        } else {
            loop.table().remove(replaced.localUfrag(), this); // was never used: the one before it still is
        }
        current = newCredentials(remote);
        if (state.isFinal()) { // closed meanwhile
            forgetNames();
        }
    }

    @Override
    public TransportState state() {
        return state;
    }

    @Override
    public TransportCounters counters() {
        return counters;
    }

    @Override
    public String srtpProfile() {
        return srtpProfile;
    }

    @Override
    public String protocol() {
        Path path = selected;
        return path == null ? "" : path.protocol();
    }

    // ---- out

    @Override
    public void sendRtp(ByteBuf plain) {
        ByteBuf out = outgoing(plain);
        if (out == null) {
            return;
        }
        if (sender.rtp(plain, out)) {
            counters.rtpOut++;
            counters.bytesOut += out.readableBytes();
            selected.write(out);
        } else {
            counters.droppedOut++;
            selected.discard(out);
        }
    }

    @Override
    public void sendRtcp(ByteBuf plain) {
        ByteBuf out = outgoing(plain);
        if (out == null) {
            return;
        }
        if (sender.rtcp(plain, out)) {
            counters.rtcpOut++;
            counters.bytesOut += out.readableBytes();
            selected.write(out);
        } else {
            counters.droppedOut++;
            selected.discard(out);
        }
    }

    /** Null (and counted) when nothing can be sent. */
    private ByteBuf outgoing(ByteBuf plain) {
        Path path = selected;
        if (sender == null || path == null) {
            counters.droppedOut++;
            return null;
        }
        if (!path.isWritable()) {
            counters.congestedOut++;
            return null;
        }
        return path.allocate(plain.readableBytes() + sender.overheadMax());
    }

    @Override
    public void flush() {
        // The loop flushes at the end of every batch, and everything on it runs in a batch.
    }

    // ---- in, on the loop

    /** A well-formed binding request that names this transport. */
    void onCheck(StunMessage message, String localUfrag, String remoteUfrag, AddressKey from, TcpPath via) {
        IceCredentials ice = credentials(localUfrag);
        if (ice == null || !message.verifyIntegrity(ice.localKey())) {
            counters.stunBad++;
            return;
        }
        if (!remoteUfrag.equals(ice.remoteUfrag())) {
            counters.stunEarly++; // the client has restarted ICE, and its offer is still on its way: it asks again
            return;
        }
        Path path = pathFor(from, via);
        if (path == null) {
            counters.stunBad++;
            return;
        }
        counters.stunIn++;
        path.lastCheckNs = loop.nowNs();
        if (message.has(StunMessage.ICE_CONTROLLED)) {
            loop.stunWriter.begin(
                    allocateStun(path), StunMessage.BINDING_ERROR, message.buffer(), message.transactionOffset());
            respond(path, ice, 487, -1); // a lite agent is always the controlled one
            return;
        }
        int unknown = message.unknownRequired();
        loop.stunWriter.begin(
                allocateStun(path),
                unknown < 0 ? StunMessage.BINDING_SUCCESS : StunMessage.BINDING_ERROR,
                message.buffer(),
                message.transactionOffset());
        respond(path, ice, unknown < 0 ? 0 : 420, unknown);
        if (unknown >= 0) {
            return;
        }
        lastAliveNs = loop.nowNs();
        if (ice == current) {
            forgetPrevious();
        }
        choose(path, message.useCandidate());
        alive();
    }

    private ByteBuf stunOut;

    private ByteBuf allocateStun(Path path) {
        stunOut = path.allocate(160);
        return stunOut;
    }

    private void respond(Path path, IceCredentials ice, int error, int unknown) {
        switch (error) {
            case 0 -> loop.stunWriter.xorMappedAddress(path.remote);
            case 420 -> loop.stunWriter.error(420, "Unknown Attribute").unknownAttribute(unknown);
            default -> loop.stunWriter.error(487, "Role Conflict");
        }
        loop.stunWriter.end(ice.localKey());
        path.write(stunOut);
        stunOut = null;
    }

    private IceCredentials credentials(String localUfrag) {
        IceCredentials now = current;
        if (now.localUfrag().equals(localUfrag)) {
            return now;
        }
        IceCredentials before = previous;
        return before != null && before.localUfrag().equals(localUfrag) ? before : null;
    }

    private synchronized void forgetPrevious() {
        if (previous != null) {
            loop.table().remove(previous.localUfrag(), this);
            previous = null;
        }
    }

    /** The path of an authentic check; null when its address is another transport's and in use. */
    private Path pathFor(AddressKey from, TcpPath via) {
        if (via != null) {
            if (via.owner == null) {
                via.owner = this;
                addPath(via);
            }
            return via.owner == this ? via : null;
        }
        UdpPath known = loop.table().byAddress(from);
        if (known != null && known.owner == this) {
            return known;
        }
        if (known != null && known.owner.uses(known)) {
            return null;
        }
        UdpPath path = loop.udpPath(from.copy(), from.toInetSocketAddress(), this);
        addPath(path);
        UdpPath before = loop.table().put(path);
        if (before != null) {
            NettyMediaTransport loser = before.owner;
            loser.loop().execute(() -> loser.dropPath(before));
        }
        return path;
    }

    /** Nobody takes over an address over which another transport is alive, whatever source address he writes into his packets. */
    private boolean uses(UdpPath path) {
        return selected == path && state == TransportState.CONNECTED;
    }

    private void addPath(Path path) {
        if (paths.size() == PATHS_MAX) {
            Path oldest = null;
            for (Path one : paths) {
                if (one != selected && (oldest == null || one.lastCheckNs < oldest.lastCheckNs)) {
                    oldest = one;
                }
            }
            dropPath(oldest);
        }
        path.lastCheckNs = loop.nowNs();
        paths.add(path);
    }

    /** The connection broke, or the address is somebody else's now, or there are too many. */
    void dropPath(Path path) {
        if (!paths.remove(path)) {
            return;
        }
        if (path instanceof UdpPath udp) {
            loop.table().remove(udp);
        }
        path.close();
        if (dtlsPath == path) {
            dtlsPath = null;
        }
        if (selected == path) {
            selected = null;
            for (Path one : paths) {
                if (selected == null || one.lastCheckNs > selected.lastCheckNs) {
                    selected = one;
                }
            }
        }
    }

    /** The pair that the client nominates; until it does, the first that works; and another one when the selected has gone silent. */
    private void choose(Path path, boolean nominated) {
        Path before = selected;
        if (path == before) {
            return;
        }
        if (before == null
                || nominated
                || loop.nowNs() - before.lastCheckNs > server.settings().disconnectedMs() * 1_000_000) {
            selected = path;
            if (before != null) {
                counters.pathChanges++;
            }
        }
    }

    void onDtls(ByteBuf packet, Path path) {
        if (state.isFinal()) {
            return;
        }
        dtlsPath = path;
        if (dtls == null) {
            dtls = DtlsAssociation.server(server.identity(), remoteFingerprints, new DtlsEvents())
                    .start("dtls-" + id);
        }
        if (!dtls.offer(ByteBufUtil.getBytes(packet))) {
            counters.dtlsDropped++;
        }
    }

    /** Handshake datagrams that wait for the association's thread. */
    int dtlsWaiting() {
        return dtls == null ? 0 : dtls.waiting();
    }

    void onMedia(PacketKind kind, ByteBuf packet, long nowNs) {
        if (receiver == null) {
            counters.earlyIn++;
            return;
        }
        int bytes = packet.readableBytes();
        boolean rtp = kind == PacketKind.RTP;
        SrtpReceiver.Verdict verdict = rtp ? receiver.rtp(packet) : receiver.rtcp(packet);
        switch (verdict) {
            case OK -> {
                counters.bytesIn += bytes;
                lastAliveNs = nowNs;
                loop.heard(this);
                if (rtp) {
                    counters.rtpIn++;
                    listener.onRtp(this, packet, nowNs);
                } else {
                    counters.rtcpIn++;
                    listener.onRtcp(this, packet, nowNs);
                }
            }
            case BAD_AUTH, MALFORMED -> counters.badAuth++;
            case REPLAYED -> counters.replayed++;
            case SSRC_LIMIT -> counters.ssrcOverLimit++;
        }
    }

    /** What the association says on its own thread is told to the loop. */
    private final class DtlsEvents implements DtlsAssociation.Events {
        @Override
        public void send(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            loop.execute(() -> {
                Path path = dtlsPath != null ? dtlsPath : selected;
                if (path != null) {
                    path.write(path.allocate(copy.length).writeBytes(copy));
                }
            });
        }

        @Override
        public void onKeys(SrtpKeyMaterial keys) {
            var in = new SrtpReceiver(keys.clientCipher(server.ciphers()));
            var out = new SrtpSender(keys.serverCipher(server.ciphers()));
            loop.execute(() -> {
                if (!state.isFinal()) {
                    receiver = in;
                    sender = out;
                    srtpProfile = keys.profile().name();
                    alive();
                } else {
                    in.close();
                    out.close();
                }
            });
        }

        @Override
        public void onFailed(String reason) {
            LOG.log(Level.INFO, "transport {0}: DTLS failed: {1}", id, reason);
            loop.execute(() -> finish(TransportState.FAILED));
        }

        @Override
        public void onClosed() {
            loop.execute(() -> finish(TransportState.CLOSED));
        }
    }

    // ---- states

    private void alive() {
        boolean up = sender != null && selected != null;
        if (up && (state == TransportState.CONNECTING || state == TransportState.DISCONNECTED)) {
            become(TransportState.CONNECTED);
        }
    }

    void onTick(long nowNs) {
        TransportSettings settings = server.settings();
        switch (state) {
            case CONNECTING -> {
                if (nowNs - createdNs > settings.connectMs() * 1_000_000) {
                    finish(TransportState.FAILED);
                }
            }
            case CONNECTED -> {
                if (nowNs - lastAliveNs > settings.disconnectedMs() * 1_000_000) {
                    become(TransportState.DISCONNECTED);
                }
            }
            case DISCONNECTED -> {
                long silentNs = nowNs - lastAliveNs;
                if (silentNs > (settings.disconnectedMs() + settings.failedMs()) * 1_000_000) {
                    finish(TransportState.FAILED);
                } else if (silentNs <= settings.disconnectedMs() * 1_000_000) {
                    become(TransportState.CONNECTED); // media came, before a check did
                }
            }
            case FAILED, CLOSED -> {}
        }
    }

    private void become(TransportState next) {
        state = next;
        try {
            listener.onState(this, next);
        } catch (RuntimeException e) {
            loop.fault(e);
        }
    }

    @Override
    public void close() {
        if (loop.inLoop()) {
            finish(TransportState.CLOSED);
        } else {
            loop.execute(() -> finish(TransportState.CLOSED));
        }
    }

    private void finish(TransportState last) {
        if (state.isFinal()) {
            return;
        }
        if (dtlsPath == null) {
            dtlsPath = selected; // close_notify goes out after the paths are forgotten
        }
        Path farewell = dtlsPath;
        if (dtls != null) {
            dtls.close();
        }
        for (Path path : paths) {
            if (path instanceof UdpPath udp) {
                loop.table().remove(udp);
            }
            path.close();
        }
        paths.clear();
        selected = null;
        dtlsPath = farewell;
        if (receiver != null) {
            receiver.close();
            sender.close();
        }
        receiver = null;
        sender = null;
        loop.remove(this);
        server.removed();
        become(last);
        forgetNames();
    }

    private synchronized void forgetNames() {
        loop.table().remove(current.localUfrag(), this);
        forgetPrevious();
    }
}
