package dev.parley.relay.transport.client;

import dev.parley.relay.transport.TransportState;
import dev.parley.relay.transport.dtls.DtlsAssociation;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.relay.transport.dtls.SrtpKeyMaterial;
import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.relay.transport.srtp.SrtpReceiver;
import dev.parley.relay.transport.srtp.SrtpSender;
import dev.parley.rtp.packet.PacketKind;
import dev.parley.rtp.sdp.Candidate;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SdpException;
import dev.parley.rtp.sdp.SessionDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One peer connection: {@link #offer}, {@link #answer}, then media. All methods may be called by any thread; packets are sent in the order of
 * the calls. One path at a time: the best candidate of the wanted protocol.
 */
public final class WebRtcClient implements AutoCloseable {
    /** Wait between checks before the first answer, and after it. Consent (RFC 7675) needs one every 5 s; this is what Chromium does. */
    private static final long CHECK_MS = 50, KEEP_MS = 2_000;

    /** @param tcp ICE-TCP instead of UDP; @param profiles what DTLS offers */
    public record Options(boolean tcp, List<SrtpProfile> profiles, long connectMs) {
        public static final Options UDP = new Options(false, List.of(SrtpProfile.values()), 15_000);
        public static final Options TCP = new Options(true, List.of(SrtpProfile.values()), 15_000);
    }

    private final EventLoop loop;
    private final Options options;
    private final ClientListener listener;
    private final DtlsIdentity identity;
    private final String sessionId = String.valueOf(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 62));
    private final CompletableFuture<WebRtcClient> connected = new CompletableFuture<>();
    private volatile TransportState state = TransportState.CONNECTING;
    private volatile String srtpProfile = "";

    // On the loop:
    private long sdpVersion = 1;
    private volatile ClientIce ice = new ClientIce();
    private volatile ClientIce offered = ice; // becomes the one in use with the answer
    private ClientSocket socket;
    private InetSocketAddress remote;
    private DtlsAssociation dtls;
    private SrtpReceiver receiver;
    private SrtpSender sender;
    private boolean checking;
    private boolean dtlsStarted;
    private boolean keepAlive = true;

    public WebRtcClient(EventLoop loop, Options options, DtlsIdentity identity, ClientListener listener) {
        this.loop = loop;
        this.options = options;
        this.identity = identity;
        this.listener = listener;
    }

    /** The offer for these m-lines, with the ICE credentials of the last {@link #restartIce}. Each call has a higher version. */
    public synchronized SessionDescription offer(List<ClientTrack> tracks) {
        return ClientOffer.of(sessionId, sdpVersion++, offered.ufrag(), offered.pwd(), identity.fingerprint(), tracks);
    }

    /** New ICE credentials; the next offer has them, the answer to it completes the restart. */
    public void restartIce() {
        offered = new ClientIce();
    }

    /**
     * Takes the answer; the first one begins to connect, later ones tell new ICE credentials.
     *
     * @return completes when connected, exceptionally when that failed
     * @throws SdpException when the answer has no usable transport
     */
    public CompletableFuture<WebRtcClient> answer(SessionDescription answer) {
        MediaDescription media = answer.media().stream()
                .filter(m -> !m.candidates().isEmpty())
                .findFirst()
                .orElseThrow(() -> new SdpException(0, "no candidates in the answer"));
        String protocol = options.tcp() ? "tcp" : "udp";
        Candidate best = media.candidates().stream()
                .filter(c -> c.protocol().equals(protocol))
                .max(Comparator.comparingLong(Candidate::priority))
                .orElseThrow(() -> new SdpException(0, "no " + protocol + " candidate in the answer"));
        String ufrag = answer.iceUfrag(media);
        String pwd = answer.icePwd(media);
        loop.execute(() -> {
            offered.remote(ufrag, pwd);
            ice = offered;
            if (dtls == null && !state.isFinal()) {
                dtls = DtlsAssociation.client(
                        identity, answer.fingerprints(media), options.profiles(), new DtlsEvents());
                remote = new InetSocketAddress(best.address(), best.port());
                loop.schedule(() -> fail("not connected in time"), options.connectMs(), TimeUnit.MILLISECONDS);
                openSocket();
            }
            if (!checking) {
                checking = true;
                check();
            }
        });
        return connected;
    }

    /** Goes on with another local address, as a phone does that leaves Wi-Fi. UDP only. */
    public void changeAddress() {
        loop.execute(this::openSocket);
    }

    /** Stops or resumes checks, to play a client that is gone without a word. */
    public void keepAlive(boolean on) {
        loop.execute(() -> keepAlive = on);
    }

    private void openSocket() {
        ClientSocket old = socket;
        socket = ClientSocket.open(loop, options.tcp(), remote, this::received, this::fail);
        if (old != null) {
            old.close();
            sendCheck(); // at once, the relay must learn where we are
        }
    }

    // ---- ICE

    private void check() {
        if (state.isFinal()) {
            return;
        }
        if (keepAlive) {
            sendCheck();
        }
        loop.schedule(this::check, ice.answered() ? KEEP_MS : CHECK_MS, TimeUnit.MILLISECONDS);
    }

    private void sendCheck() {
        ByteBuf out = Unpooled.buffer(256);
        ice.writeCheck(out);
        socket.send(out);
    }

    private void received(ByteBuf packet) {
        if (state.isFinal()) {
            return;
        }
        PacketKind kind = PacketKind.of(packet);
        switch (kind) {
            case STUN -> {
                boolean first = !ice.answered();
                if (ice.onResponse(packet) && first && !dtlsStarted) {
                    dtlsStarted = true;
                    dtls.start("client-dtls");
                }
            }
            case DTLS -> dtls.offer(ByteBufUtil.getBytes(packet));
            case RTP -> {
                if (receiver != null && receiver.rtp(packet) == SrtpReceiver.Verdict.OK) {
                    listener.onRtp(packet);
                }
            }
            case RTCP -> {
                if (receiver != null && receiver.rtcp(packet) == SrtpReceiver.Verdict.OK) {
                    listener.onRtcp(packet);
                }
            }
            case TURN_CHANNEL, UNKNOWN -> {}
        }
    }

    private final class DtlsEvents implements DtlsAssociation.Events {
        @Override
        public void send(byte[] bytes, int offset, int length) {
            ByteBuf copy = Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, offset, offset + length));
            loop.execute(() -> socket.send(copy));
        }

        @Override
        public void onKeys(SrtpKeyMaterial keys) {
            var in = new SrtpReceiver(keys.serverCipher());
            var out = new SrtpSender(keys.clientCipher());
            loop.execute(() -> {
                receiver = in;
                sender = out;
                srtpProfile = keys.profile().name();
                become(TransportState.CONNECTED, "");
                connected.complete(WebRtcClient.this);
            });
        }

        @Override
        public void onFailed(String reason) {
            loop.execute(() -> fail(reason));
        }

        @Override
        public void onClosed() {
            loop.execute(() -> end(TransportState.CLOSED, "closed by the other side"));
        }
    }

    // ---- media

    /** Encrypts and sends one RTP packet; the buffer is copied at once and stays the caller's. Dropped while not connected. */
    public void sendRtp(ByteBuf plain) {
        send(plain, true);
    }

    /** Like {@link #sendRtp} for a compound. */
    public void sendRtcp(ByteBuf plain) {
        send(plain, false);
    }

    private void send(ByteBuf plain, boolean rtp) {
        if (loop.inEventLoop()) {
            sendNow(plain, rtp);
            return;
        }
        ByteBuf copy = Unpooled.copiedBuffer(plain);
        loop.execute(() -> sendNow(copy, rtp));
    }

    private void sendNow(ByteBuf plain, boolean rtp) {
        if (sender == null || state != TransportState.CONNECTED) {
            return;
        }
        ByteBuf out = Unpooled.buffer(plain.readableBytes() + sender.overheadMax());
        if (rtp ? sender.rtp(plain, out) : sender.rtcp(plain, out)) {
            socket.send(out);
        }
    }

    /** Sends bytes as they are, unencrypted, from the client's own address: for tests of bad peers. */
    public void sendRaw(byte[] bytes) {
        loop.execute(() -> socket.send(Unpooled.wrappedBuffer(bytes)));
    }

    // ---- states

    public TransportState state() {
        return state;
    }

    /** The profile agreed on, "" before. */
    public String srtpProfile() {
        return srtpProfile;
    }

    private void become(TransportState next, String reason) {
        if (state != next && !state.isFinal()) {
            state = next;
            listener.onState(next, reason);
        }
    }

    private void fail(String reason) {
        if (state == TransportState.CONNECTING || !reason.equals("not connected in time")) {
            end(TransportState.FAILED, reason);
        }
    }

    private void end(TransportState last, String reason) {
        if (state.isFinal()) {
            return;
        }
        become(last, reason);
        connected.completeExceptionally(new IllegalStateException(last + ": " + reason));
        if (dtls != null) {
            dtls.close();
        }
        if (socket != null) {
            socket.closeLater();
        }
    }

    /** Says close_notify and closes. Does not wait. */
    @Override
    public void close() {
        loop.execute(() -> end(TransportState.CLOSED, "closed here"));
    }
}
