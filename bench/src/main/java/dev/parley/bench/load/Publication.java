package dev.parley.bench.load;

import dev.parley.bench.load.net.Clock;
import dev.parley.bench.load.net.SendBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Sends one {@link Track} at its rate: video as frames of {@link #FRAME_PACKETS} packets with a key frame each second. On the load client's thread. */
final class Publication {
    private static final int FRAME_PACKETS = 10;
    /** What is sent at most to make up for lost time; what is later than that is not sent at all and not expected. */
    private static final int CATCH_UP_BURSTS_MAX = 16;

    private final int id;
    private final Track track;
    private final LoadPeer peer;
    private final int subscribers;
    private final Tally tally;
    private final long burstNs;
    private final int framesPerKey;
    private final ByteBuf plain = Unpooled.buffer(SendBatch.DATAGRAM_BYTES_MAX);
    private final int firstSequence = ThreadLocalRandom.current().nextInt(0x8000);
    private final long firstTimestamp = ThreadLocalRandom.current().nextLong(1L << 32);

    private boolean running;
    private long nextNs;
    private long number;

    Publication(int id, Track track, LoadPeer peer, int subscribers, Tally tally) {
        this.id = id;
        this.track = track;
        this.peer = peer;
        this.subscribers = subscribers;
        this.tally = tally;
        burstNs = (long) (1e9 * track.burst() / track.perSecond());
        framesPerKey = Math.max(1, (int) (track.perSecond() / FRAME_PACKETS));
    }

    /** @param phase 0 to 1: which part of an interval to wait before the first burst */
    void start(long nowNs, double phase) {
        running = true;
        nextNs = nowNs + (long) (phase * burstNs);
    }

    void stop() {
        running = false;
    }

    /** When it wants to send next; Long.MAX_VALUE when stopped. */
    long nextNs() {
        return running ? nextNs : Long.MAX_VALUE;
    }

    /** Sends what is due. */
    void run(long nowNs, Clock clock, SendBatch batch) throws IOException {
        for (int bursts = 0; running && nextNs <= nowNs; bursts++) {
            if (bursts == CATCH_UP_BURSTS_MAX) {
                nextNs = nowNs + burstNs;
                return;
            }
            Tally.record(tally.lateNs, nowNs - nextNs);
            burst(clock, batch);
            nextNs += burstNs;
        }
    }

    private void burst(Clock clock, SendBatch batch) throws IOException {
        for (int i = 0; i < track.burst(); i++) {
            compose(clock.nowNs());
            peer.protect(plain, batch);
            number++;
        }
        int sent = batch.flush(peer.socket());
        tally.sent += sent;
        tally.expected += (long) sent * subscribers;
        tally.unsent += track.burst() - sent;
    }

    private void compose(long nowNs) {
        long frame = number / FRAME_PACKETS;
        int within = (int) (number % FRAME_PACKETS);
        boolean marker = track.video() && within == FRAME_PACKETS - 1;
        double ticks = track.video()
                ? frame * FRAME_PACKETS * 90_000 / track.perSecond()
                : number * 48_000 / track.perSecond();
        int sequence = (int) (firstSequence + number) & 0xFFFF;
        plain.clear();
        plain.writeByte(track.video() ? 0x80 : 0x90);
        plain.writeByte(track.payloadType() | (marker ? 0x80 : 0));
        plain.writeShort(sequence);
        plain.writeInt((int) (firstTimestamp + (long) ticks));
        plain.writeInt((int) track.ssrc());
        if (!track.video())
            plain.writeInt(0xBEDE_0001).writeInt(LoadSdp.AUDIO_LEVEL << 28 | (0x80 | 30) << 16); // voice, -30 dBov
        Payload.write(
                plain, track.payloadBytes(), within == 0, frame % framesPerKey == 0, (int) frame, id, number, nowNs);
    }

    double deliveredPerSecond() {
        return track.perSecond() * subscribers;
    }
}
