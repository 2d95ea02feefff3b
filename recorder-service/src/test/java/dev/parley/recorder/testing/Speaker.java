package dev.parley.recorder.testing;

import dev.parley.contracts.media.MediaKind;
import dev.parley.recorder.compose.Clips;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.rtp.framed.TrackEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A person who is heard and seen through a tap at the rate of a real one: a tone of 440 Hz, and a grey picture that tells the time. */
public final class Speaker implements AutoCloseable {
    /** The picture gets brighter so often; after {@link #STEPS} it begins anew. */
    public static final int STEP_MS = 500;

    public static final int STEPS = 16;
    private static final int LOOP_MS = STEP_MS * STEPS;

    private final RelayTap relay;
    private final TrackEvent voice;
    private final TrackEvent camera;
    private final List<Clips.Unit> tone;
    private final List<Clips.Unit> clock;
    private final Thread thread;
    private volatile boolean leaving;
    private int pictures;

    public Speaker(RelayTap relay) throws Exception {
        this.relay = relay;
        tone = Clips.opus(440, 8);
        clock = Clips.greyClock();
        voice = JournalMaker.track("ann", MediaKind.AUDIO, 77, "opus");
        camera = JournalMaker.track("ann", MediaKind.VIDEO, 78, "VP8");
        relay.track(voice);
        relay.track(camera);
        thread = Thread.ofPlatform().name("speaker").start(this::talk);
    }

    private void talk() {
        long begin = System.nanoTime();
        try {
            for (int i = 0; !leaving; i++) {
                LockSupport.parkNanos(begin + i * 20_000_000L - System.nanoTime());
                byte[] sound = tone.get(i % (LOOP_MS / 20)).data();
                relay.packet(rtp(voice, i, i * 960, false, sound));
                if (i % 5 == 0) picture(clock.get(i / 5 % clock.size()).data(), i * 1_800);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 7741 with the smallest descriptor. */
    private void picture(byte[] frame, int timestamp) throws IOException {
        for (int from = 0; from < frame.length; from += 1_000) {
            int bytes = Math.min(1_000, frame.length - from);
            byte[] payload = ByteBuffer.allocate(1 + bytes)
                    .put((byte) (from == 0 ? 0x10 : 0))
                    .put(frame, from, bytes)
                    .array();
            relay.packet(rtp(camera, pictures++, timestamp, from + bytes == frame.length, payload));
        }
    }

    private static byte[] rtp(TrackEvent track, int sequence, int timestamp, boolean marker, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (track.payloadType() | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt((int) track.ssrc())
                .put(payload)
                .array();
    }

    @Override
    public void close() {
        leaving = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
