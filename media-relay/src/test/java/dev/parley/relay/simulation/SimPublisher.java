package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.HeaderExtensions;
import dev.parley.relay.domain.TrackFormat;
import dev.parley.relay.domain.UpTrack;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtcpWriter;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.packet.TransportFeedbackReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A browser's sending side: 25 frames and 50 audio packets a second, RTX (or plain repetition) on NACK, a key frame on PLI, sender reports. */
final class SimPublisher {
    static final long AUDIO = 1111, VIDEO = 2222, RTX = 3333;
    static final int AUDIO_PT = 111, VIDEO_PT = 96, RTX_PT = 97;
    static final int HISTORY = 1_000;
    static final HeaderExtensions EXTENSIONS = new HeaderExtensions(0, 0, 0, 5);
    /** Seconds from 1900 to the simulation's zero; any will do. */
    private static final long NTP_EPOCH_S = 3_900_000_000L;

    private static final class Stream {
        final int clockRate;
        final int firstTimestamp;
        int sequence;
        int number;
        long packets;

        Stream(int clockRate, SplittableRandom random) {
            this.clockRate = clockRate;
            this.firstTimestamp = random.nextInt();
            this.sequence = random.nextInt(0x10000);
        }

        long timestamp(long captureNs) {
            return firstTimestamp + captureNs / 1_000 * clockRate / 1_000_000 & 0xFFFF_FFFFL;
        }
    }

    private final Simulation simulation;
    private final SplittableRandom random;
    private final Stream audio;
    private final Stream video;
    private final boolean rtx;
    private final Consumer<ByteBuf> out;
    private final TransportFeedbackReader feedback = new TransportFeedbackReader();
    private int transportSequence = 0xFFF0;
    /** Transport-wide number to arrival in ticks of 250 microseconds, as the relay told; the last word counts. */
    final Map<Integer, Long> arrivals = new HashMap<>();

    final Set<Integer> missing = new HashSet<>();
    private final Map<Integer, byte[]> history = new HashMap<>();
    private int rtxSequence;
    private boolean keyFrameWanted = true;
    boolean sending = true;
    /** A padding-only packet on the media SSRC after so many video packets; 0 = never. */
    int paddingEvery;

    boolean temporalLayers;
    int videoBytesPerFrame = 3_000;
    // what was seen
    final Map<Integer, Integer> asked = new HashMap<>();
    int keyFrames;
    int plis;
    int fractionLost;
    long lastPliNs;
    long closestPlisNs = Long.MAX_VALUE;

    /** @param out takes packets, RTP and RTCP, on their way to the relay */
    SimPublisher(Simulation simulation, long seed, boolean rtx, Consumer<ByteBuf> out) {
        this.simulation = simulation;
        this.random = new SplittableRandom(seed);
        this.audio = new Stream(48_000, random);
        this.video = new Stream(90_000, random);
        this.rtx = rtx;
        this.out = out;
        simulation.every(40 * MS, this::sendFrame);
        simulation.every(20 * MS, this::sendAudio);
        simulation.every(S, this::sendReports);
    }

    static FeedInfo feed(String id) {
        return new FeedInfo(id, "p-" + id, "p-" + id, id, "", "camera");
    }

    List<UpTrack> terms(String feedId) {
        var audioFormat =
                new TrackFormat(MediaKind.AUDIO, "opus", AUDIO_PT, -1, 48_000, 2, "", false, false, EXTENSIONS);
        var videoFormat = new TrackFormat(
                MediaKind.VIDEO, "VP8", VIDEO_PT, rtx ? RTX_PT : -1, 90_000, 0, "", true, true, EXTENSIONS);
        return List.of(
                new UpTrack("0", feedId, MediaKind.AUDIO, audioFormat, AUDIO, 0),
                new UpTrack("1", feedId, MediaKind.VIDEO, videoFormat, VIDEO, rtx ? RTX : 0));
    }

    private void sendAudio() {
        if (!sending) return;
        ByteBuf packet = Unpooled.buffer();
        RtpPacket.writeHeader(
                packet, AUDIO_PT, false, audio.sequence++ & 0xFFFF, audio.timestamp(simulation.nowNs()), AUDIO);
        SimPayload.write(packet, false, false, false, audio.number++, 0, 1, simulation.nowNs(), 80);
        audio.packets++;
        send(packet);
    }

    private void sendFrame() {
        if (!sending) return;
        boolean key = keyFrameWanted;
        keyFrameWanted = false;
        if (key) keyFrames++;
        int frameBytes = key ? videoBytesPerFrame * 4 : videoBytesPerFrame / 2 + random.nextInt(videoBytesPerFrame);
        int packets = (frameBytes + 999) / 1_000;
        int frame = video.number++;
        long captureNs = simulation.nowNs();
        for (int i = 0; i < packets; i++) {
            ByteBuf packet = Unpooled.buffer();
            int sequence = video.sequence++ & 0xFFFF;
            RtpPacket.writeHeader(packet, VIDEO_PT, i == packets - 1, sequence, video.timestamp(captureNs), VIDEO);
            SimPayload.write(packet, true, key, temporalLayers, frame, i, packets, captureNs, frameBytes / packets);
            remember(sequence, packet);
            send(packet);
            if (paddingEvery > 0 && video.packets % paddingEvery == 0 && i == packets - 1) sendPadding(captureNs);
        }
    }

    private void sendPadding(long captureNs) {
        ByteBuf packet = Unpooled.buffer();
        int sequence = video.sequence++ & 0xFFFF;
        RtpPacket.writeHeader(packet, VIDEO_PT, false, sequence, video.timestamp(captureNs), VIDEO);
        packet.setByte(0, 0xA0).writeZero(199).writeByte(200);
        remember(sequence, packet);
        send(packet);
    }

    private void remember(int sequence, ByteBuf packet) {
        history.put(sequence, ByteBufUtil.getBytes(packet));
        history.remove(sequence - HISTORY & 0xFFFF);
        video.packets++;
    }

    /** Adds the header extension with the transport-wide number. */
    private void send(ByteBuf plain) {
        ByteBuf packet = Unpooled.buffer();
        packet.writeBytes(plain, 0, 12).writeInt(0xBEDE0001);
        packet.writeByte(EXTENSIONS.transportCc() << 4 | 1)
                .writeShort(transportSequence++)
                .writeByte(0);
        packet.writeBytes(plain, 12, plain.readableBytes() - 12);
        packet.setByte(0, packet.getByte(0) | 0x10);
        out.accept(packet);
    }

    private void onFeedback(RtcpPacket packet) {
        if (!feedback.wrap(packet)) throw new AssertionError("bad feedback of the relay");
        while (feedback.next()) {
            if (feedback.received()) {
                arrivals.put(feedback.sequence(), feedback.referenceTime() * 256L + feedback.ticks());
                missing.remove(feedback.sequence());
            } else if (!arrivals.containsKey(feedback.sequence())) {
                missing.add(feedback.sequence());
            }
        }
    }

    int transportPackets() {
        return transportSequence - 0xFFF0;
    }

    private void sendReports() {
        if (!sending) return;
        for (boolean isVideo : new boolean[] {false, true}) {
            Stream stream = isVideo ? video : audio;
            ByteBuf compound = Unpooled.buffer();
            long now = simulation.nowNs();
            RtcpWriter.senderReport(
                    compound, isVideo ? VIDEO : AUDIO, ntp(now), stream.timestamp(now), stream.packets, 0, 0);
            RtcpWriter.sdesCname(compound, isVideo ? VIDEO : AUDIO, "cname");
            out.accept(compound);
        }
    }

    static long ntp(long ns) {
        return NTP_EPOCH_S + ns / S << 32 | (ns % S << 32) / S;
    }

    /** The other way round: nanoseconds of the simulation. */
    static long ns(long ntp) {
        return ((ntp >>> 32) - NTP_EPOCH_S) * S + ((ntp & 0xFFFF_FFFFL) * S >>> 32);
    }

    /** Feedback of the relay. */
    void onRtcp(byte[] bytes) {
        var reader = new RtcpReader();
        var packet = new RtcpPacket();
        reader.wrap(Unpooled.wrappedBuffer(bytes));
        while (reader.next(packet)) {
            switch (packet.kind()) {
                case NACK -> {
                    for (int i = 0; i < packet.nackCount(); i++) {
                        resend(packet.nackPid(i));
                        for (int bits = packet.nackBitmask(i); bits != 0; bits &= bits - 1)
                            resend(packet.nackPid(i) + 1 + Integer.numberOfTrailingZeros(bits) & 0xFFFF);
                    }
                }
                case TRANSPORT_CC -> onFeedback(packet);
                case PLI -> {
                    if (plis++ > 0) closestPlisNs = Math.min(closestPlisNs, simulation.nowNs() - lastPliNs);
                    lastPliNs = simulation.nowNs();
                    keyFrameWanted = true;
                }
                case RECEIVER_REPORT -> {
                    for (int i = 0; i < packet.count(); i++)
                        if (packet.reportSsrc(i) == VIDEO) fractionLost = packet.fractionLost(i);
                }
                default -> {}
            }
        }
        if (reader.verdict() != RtcpReader.Verdict.OK) throw new AssertionError("bad RTCP of the relay");
    }

    private void resend(int sequence) {
        asked.merge(sequence, 1, Integer::sum);
        byte[] old = history.get(sequence);
        if (old == null) return;
        if (!rtx) {
            send(Unpooled.wrappedBuffer(old));
            return;
        }
        ByteBuf packet = Unpooled.buffer();
        packet.writeBytes(old, 0, 12).writeShort(sequence).writeBytes(old, 12, old.length - 12);
        packet.setByte(1, packet.getByte(1) & 0x80 | RTX_PT);
        packet.setShort(2, rtxSequence++ & 0xFFFF);
        packet.setInt(8, (int) RTX);
        send(packet);
    }
}
