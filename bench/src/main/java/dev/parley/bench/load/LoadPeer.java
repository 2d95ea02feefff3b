package dev.parley.bench.load;

import dev.parley.bench.load.net.SendBatch;
import dev.parley.bench.load.net.UdpSocket;
import dev.parley.relay.transport.client.ClientIce;
import dev.parley.relay.transport.dtls.DtlsAssociation;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.relay.transport.dtls.SrtpKeyMaterial;
import dev.parley.relay.transport.srtp.CipherProvider;
import dev.parley.relay.transport.srtp.SrtpCipher;
import dev.parley.relay.transport.srtp.SrtpProfile;
import dev.parley.relay.transport.srtp.SrtpSender;
import dev.parley.rtp.packet.PacketKind;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.sdp.Candidate;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One peer connection: the controlling side of ICE against a lite agent, the DTLS client, SRTP both ways. Descriptions by any thread, the rest
 * on the load client's.
 */
public final class LoadPeer {
    private static final ValueLayout.OfInt NET_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long CHECK_NS = 50_000_000, KEEP_NS = 2_000_000_000L, REPORT_NS = 1_000_000_000L;
    /** Every so manieth packet of a stream is decrypted and its payload compared. */
    private static final int SAMPLE = 64;
    /** More are no subscription of ours. */
    private static final int STREAMS_MAX = 64;

    private final LoadClient client;
    private final UdpSocket socket;
    private final ClientIce ice = new ClientIce();
    private final LoadSdp sdp;
    private final DtlsIdentity identity;
    private final StunMessage check = new StunMessage();
    private final StunKey key = new StunKey(ice.pwd());
    private final Tally tally;
    private final Sampler sampler;
    private final CompletableFuture<LoadPeer> connected = new CompletableFuture<>();

    private final IncomingStream[] streams = new IncomingStream[STREAMS_MAX];
    private int streamCount;
    private InetSocketAddress relay;
    private DtlsAssociation dtls;
    private boolean dtlsStarted;
    private boolean closed;
    private long nextCheckNs;
    private long nextReportNs;
    private SrtpCipher in;
    private SrtpSender out;

    LoadPeer(
            LoadClient client,
            UdpSocket socket,
            Inet4Address local,
            DtlsIdentity identity,
            Tally tally,
            Sampler sampler) {
        this.client = client;
        this.socket = socket;
        this.identity = identity;
        this.tally = tally;
        this.sampler = sampler;
        String session = String.valueOf(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 62));
        sdp = new LoadSdp(
                session, ice.ufrag(), ice.pwd(), identity.fingerprint(), local.getHostAddress(), socket.port());
    }

    /** A publisher's offer: one m-line a track, mid = index. */
    public SessionDescription offer(List<Track> tracks) {
        return sdp.offer(tracks);
    }

    /** A subscriber's offer: one m-line a stream, mid = index. @param video of each stream: true video, false audio */
    public SessionDescription wants(List<Boolean> video) {
        return sdp.wants(video);
    }

    /** A subscriber's answer: all that is offered. */
    public SessionDescription answer(SessionDescription offer) {
        return sdp.answer(offer);
    }

    /** Connects to the relay of this description. Completes when SRTP keys are there, exceptionally when that fails. */
    public CompletableFuture<LoadPeer> connect(SessionDescription description) {
        MediaDescription media = description.transportMedia();
        Candidate candidate = media.candidates().stream()
                .filter(one -> one.protocol().equals("udp"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no UDP candidate:\n" + description));
        client.execute(() -> {
            try {
                relay = new InetSocketAddress(candidate.address(), candidate.port());
                socket.connect(relay);
            } catch (IOException e) {
                connected.completeExceptionally(e);
                return;
            }
            ice.remote(description.iceUfrag(media), description.icePwd(media));
            dtls = DtlsAssociation.client(
                    identity,
                    description.fingerprints(media),
                    List.of(SrtpProfile.SRTP_AEAD_AES_128_GCM),
                    new DtlsEvents());
            nextCheckNs = System.nanoTime();
        });
        return connected;
    }

    UdpSocket socket() {
        return socket;
    }

    // ---- in

    /** Takes one datagram. Allocates nothing for media but for the samples. */
    void received(MemorySegment data, long at, int bytes, long arrivedNs) {
        if (bytes < 12) return;
        int first = data.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        int second = data.get(ValueLayout.JAVA_BYTE, at + 1) & 0xFF;
        if (first >= 128 && first <= 191) {
            if (!PacketKind.isRtcpType(second)) media(data, at, bytes, second & 0x7F, arrivedNs);
        } else if (first <= 3) {
            stun(data, at, bytes);
        } else if (first >= 20 && first <= 63 && dtls != null) {
            dtls.offer(data.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private void media(MemorySegment data, long at, int bytes, int payloadType, long arrivedNs) {
        IncomingStream stream =
                payloadType == LoadSdp.VP8 || payloadType == LoadSdp.OPUS ? stream(data.get(NET_INT, at + 8)) : null;
        if (stream == null) {
            tally.otherPackets++;
            return;
        }
        SequenceChecker sequence = stream.sequence;
        long missing = sequence.missing();
        long reordered = sequence.reordered();
        long extended = sequence.accept(data.get(NET_SHORT, at + 2) & 0xFFFF);
        if (extended == SequenceChecker.REPEATED) {
            tally.repeated++;
            return;
        }
        tally.received++;
        client.onMedia();
        tally.missing += sequence.missing() - missing;
        tally.reordered += sequence.reordered() - reordered;
        if (in != null && sequence.received() % SAMPLE == 1) {
            Payload payload = sampler.open(in, data, at, bytes, extended);
            tally.checked++;
            if (payload == null || !stream.fits(payload, extended)) tally.bad++;
            else if (arrivedNs != 0) Tally.record(tally.delayNs, arrivedNs - payload.sentNs());
        }
    }

    private IncomingStream stream(int ssrc) {
        for (int i = 0; i < streamCount; i++) if (streams[i].ssrc == ssrc) return streams[i];
        if (streamCount == STREAMS_MAX) return null;
        return streams[streamCount++] = new IncomingStream(ssrc);
    }

    private void stun(MemorySegment data, long at, int bytes) {
        ByteBuf packet = Unpooled.wrappedBuffer(data.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE));
        if (check.wrap(packet) == StunMessage.Verdict.OK && check.type() == StunMessage.BINDING_REQUEST) {
            answerCheck(packet);
        } else if (ice.onResponse(packet) && dtls != null && !dtlsStarted) {
            dtlsStarted = true;
            dtls.start("load-dtls");
        }
    }

    /** Lite agents should not check, but Janus' does, and waits for the answer. */
    private void answerCheck(ByteBuf request) {
        if (relay == null || !check.verifyIntegrity(key)) return;
        ByteBuf response = Unpooled.buffer(128);
        var writer = new StunWriter().begin(response, StunMessage.BINDING_SUCCESS, request, 8);
        writer.xorMappedAddress(relay);
        writer.end(key);
        socket.send(response.array(), response.arrayOffset(), response.readableBytes());
    }

    // ---- out

    /** Adds the protected form of a packet to the batch. */
    void protect(ByteBuf plain, SendBatch batch) {
        ByteBuf target = Unpooled.wrappedBuffer(batch.next()).clear();
        if (out == null || !out.rtp(plain, target)) throw new IllegalStateException("not connected, or no RTP packet");
        batch.add(target.readableBytes());
    }

    /** Checks and reports that are due. */
    void tick(long nowNs) {
        if (dtls == null || closed) return;
        if (nowNs - nextCheckNs >= 0) {
            ByteBuf check = Unpooled.buffer(256);
            ice.writeCheck(check);
            socket.send(check.array(), check.arrayOffset(), check.readableBytes());
            nextCheckNs = nowNs + (ice.answered() ? KEEP_NS : CHECK_NS);
        }
        if (out != null && streamCount > 0 && nowNs - nextReportNs >= 0) {
            nextReportNs = nowNs + REPORT_NS;
            report();
        }
    }

    /** A receiver report on every stream, as each subscriber owes one (RFC 3550 section 6.4.2). */
    private void report() {
        int blocks = Math.min(streamCount, RtcpWriter.COUNT_MAX);
        ByteBuf plain = Unpooled.buffer(1024);
        RtcpWriter.receiverReport(plain, 1, blocks);
        for (int i = 0; i < blocks; i++) {
            long highest = streams[i].sequence.highest();
            RtcpWriter.reportBlock(plain, streams[i].ssrc & 0xFFFF_FFFFL, 0, 0, highest, 0, 0, 0);
        }
        ByteBuf sealed = Unpooled.buffer(plain.readableBytes() + out.overheadMax());
        if (out.rtcp(plain, sealed)) socket.send(sealed.array(), sealed.arrayOffset(), sealed.readableBytes());
    }

    void close() {
        if (closed) return;
        closed = true;
        connected.completeExceptionally(new IllegalStateException("closed"));
        if (dtls != null) dtls.close();
        if (out != null) out.close();
        socket.close();
    }

    private final class DtlsEvents implements DtlsAssociation.Events {
        @Override
        public void send(byte[] bytes, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            client.execute(() -> {
                if (!closed) socket.send(copy, 0, copy.length);
            });
        }

        @Override
        public void onKeys(SrtpKeyMaterial keys) {
            // Not the relay's own way to decrypt: a fault that both had in common would not show.
            SrtpCipher theirs = keys.serverCipher(CipherProvider.JDK);
            SrtpSender ours = new SrtpSender(keys.clientCipher());
            client.execute(() -> {
                in = theirs;
                out = ours;
                // Not all at once, as nobody's reports are.
                nextReportNs = System.nanoTime() + ThreadLocalRandom.current().nextLong(REPORT_NS);
                connected.complete(LoadPeer.this);
            });
        }

        @Override
        public void onFailed(String reason) {
            connected.completeExceptionally(new IOException("DTLS: " + reason));
        }

        @Override
        public void onClosed() {
            client.onPeerClosed();
        }
    }
}
