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
import java.util.Arrays;
import java.util.List;

/**
 * The transport of one client: its DTLS association, the SRTP that comes of it, and its states; {@link IceLite} answers its checks, {@link ClientPaths} keep
 * the ways to it. See {@link MediaTransport}; states and timers are told at {@link TransportState} and in docs/relay-transport.md.
 */
final class ClientTransport implements MediaTransport {
    private static final System.Logger LOG = System.getLogger(ClientTransport.class.getName());

    private final String id;
    private final NettyMediaTransports server;
    private final Loop loop;
    private final MediaListener listener;
    private final List<Fingerprint> remoteFingerprints;
    private final TransportCounters counters = new TransportCounters();
    private final ClientPaths paths;
    private final IceLite ice;
    private final long createdNs = System.nanoTime();

    private volatile TransportState state = TransportState.CONNECTING;
    private volatile String srtpProfile = "";
    private Path dtlsPath; // where the last handshake record came from
    private volatile DtlsAssociation dtls;
    private SrtpReceiver receiver;
    private SrtpSender sender;
    private long lastAliveNs;
    /** Number of the loop's batch in which this transport brought something. */
    long heardInBatch = -1;

    ClientTransport(String id, NettyMediaTransports server, Loop loop, RemoteTransport remote, MediaListener listener) {
        this.id = id;
        this.server = server;
        this.loop = loop;
        this.listener = listener;
        this.remoteFingerprints = remote.fingerprints();
        this.paths = new ClientPaths(this, loop, server.settings(), counters);
        this.ice = new IceLite(this, loop, paths, counters, remote);
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
        IceCredentials names = ice.current();
        return new LocalTransport(
                names.localUfrag(), names.localPwd(), server.identity().fingerprint(), "passive", server.candidates());
    }

    @Override
    public void restartIce(RemoteTransport remote) {
        if (!remoteFingerprints.containsAll(remote.fingerprints())) {
            throw new IllegalArgumentException("another certificate needs another transport");
        }
        ice.restart(remote);
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
        Path path = paths.selected();
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
            paths.selected().write(out);
        } else {
            counters.droppedOut++;
            paths.selected().discard(out);
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
            paths.selected().write(out);
        } else {
            counters.droppedOut++;
            paths.selected().discard(out);
        }
    }

    /** Null (and counted) when nothing can be sent. */
    private ByteBuf outgoing(ByteBuf plain) {
        Path path = paths.selected();
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
        Path path = ice.answer(message, localUfrag, remoteUfrag, from, via);
        if (path == null) {
            return;
        }
        lastAliveNs = loop.nowNs();
        paths.choose(path, message.useCandidate());
        alive();
    }

    /** Nobody takes over an address over which another transport is alive, whatever source address he writes into his packets. */
    boolean uses(UdpPath path) {
        return paths.selected() == path && state == TransportState.CONNECTED;
    }

    /** The connection broke, or the address is somebody else's now, or there are too many. */
    void dropPath(Path path) {
        if (paths.drop(path) && dtlsPath == path) {
            dtlsPath = null;
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
                Path path = dtlsPath != null ? dtlsPath : paths.selected();
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
        boolean up = sender != null && paths.selected() != null;
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
            dtlsPath = paths.selected(); // close_notify goes out after the paths are forgotten
        }
        Path farewell = dtlsPath;
        if (dtls != null) {
            dtls.close();
        }
        paths.close();
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
        ice.forget();
    }
}
