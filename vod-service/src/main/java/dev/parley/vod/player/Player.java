package dev.parley.vod.player;

import dev.parley.contracts.playback.StartPlayback;
import dev.parley.vod.domain.Ingress;
import dev.parley.vod.domain.MediaPlan;
import dev.parley.vod.domain.OutTrack;
import dev.parley.vod.domain.PlaybackCommand;
import dev.parley.vod.domain.PlaybackRules;
import dev.parley.vod.domain.PlaybackState;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One playback at work. Its own virtual thread alone decides about its state: others {@link #tell} it. A second virtual thread opens the file
 * and the relay, since both can take long and a stop must not wait for them.
 */
final class Player implements Runnable {
    private static final Logger LOG = Logger.getLogger(Player.class);
    private static final int TICK_MS = 250;

    /** What a player needs of its worker. */
    record Tools(Ffmpeg ffmpeg, Ingress ingress, PipeMeters meters, Clock clock) {}

    private final StartPlayback request;
    private final Supplier<URI> source;
    private final Tools tools;
    private final Consumer<PlaybackState> changed;
    private final LinkedBlockingQueue<PlaybackCommand> mailbox = new LinkedBlockingQueue<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean finished;
    private volatile PlaybackState state;
    private volatile Ffmpeg.Run run;

    /**
     * @param source  gives the file's address; may block; throws what makes the playback fail
     * @param changed takes each new state, on the player's thread; may block
     */
    Player(StartPlayback request, Supplier<URI> source, Tools tools, Consumer<PlaybackState> changed) {
        this.request = request;
        this.source = source;
        this.tools = tools;
        this.changed = changed;
        this.state = new PlaybackState.Starting(tools.clock().millis() + request.timeoutSeconds() * 1_000L);
    }

    /** Any thread. */
    void tell(PlaybackCommand command) {
        mailbox.add(command);
    }

    PlaybackState state() {
        return state;
    }

    /** Id of the present ffmpeg process; 0 when there is none. */
    long ffmpegPid() {
        Ffmpeg.Run present = run;
        return present == null ? 0 : present.pid();
    }

    /** Whether it plays over this boot of this relay. */
    boolean uses(String relayNodeId, String relayBootId) {
        return request.relay().nodeId().equals(relayNodeId)
                && request.relay().bootId().equals(relayBootId);
    }

    @Override
    public void run() {
        Thread.ofVirtual().name("play-open-" + request.vodId()).start(this::open);
        try {
            while (!state.isFinal()) {
                PlaybackCommand command = mailbox.poll(TICK_MS, TimeUnit.MILLISECONDS);
                if (command == null)
                    command = new PlaybackCommand.Tick(tools.clock().millis());
                PlaybackState next = PlaybackRules.decide(state, command);
                if (next.equals(state)) continue;
                if (next.isFinal()) closeAll();
                state = next;
                changed.accept(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeAll();
        }
    }

    private void open() {
        try {
            URI address = source.get();
            MediaPlan plan = tools.ffmpeg().probe(address);
            List<OutTrack> tracks = tracks(plan);
            var pipe = keep(new RtpPipe(tracks, tools.meters(), tools.clock()));
            Ingress.Link link = keep(tools.ingress()
                    .open(
                            request.relay().media(),
                            request.roomId(),
                            request.feed(),
                            tracks,
                            reason -> tell(new PlaybackCommand.IngressLost(reason))));
            play(address, plan, pipe, link);
        } catch (Ingress.RefusedByRelay e) {
            tell(new PlaybackCommand.IngressLost(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "playback %s", request.vodId());
            tell(new PlaybackCommand.InputFailed(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(URI address, MediaPlan plan, RtpPipe pipe, Ingress.Link link)
            throws IOException, InterruptedException {
        long originUs = tools.clock().millis() * 1_000;
        List<String> args = FfmpegArguments.play(address, request.loop(), plan, pipe.outputs(), originUs);
        Ffmpeg.Run started = keep(tools.ffmpeg().start(args));
        run = started;
        pipe.forward(link, request.feed().feedId(), originUs, started::ended, new RtpPipe.Listener() {
            @Override
            public void firstPacket() {
                tell(new PlaybackCommand.PacketSent());
            }

            @Override
            public void linkFailed(IOException reason) {
                tell(new PlaybackCommand.IngressLost("The connection to the media server broke."));
            }
        });
        try {
            started.join();
        } catch (IOException e) {
            if (started.closed()) return; // the end was decided elsewhere
            LOG.warnf("playback %s: ffmpeg ended badly: %s", request.vodId(), withoutAddress(e.getMessage(), address));
            tell(new PlaybackCommand.InputFailed("The file could not be played on: FFmpeg ended badly."));
            return;
        }
        pipe.drain();
        tell(new PlaybackCommand.InputEnded());
    }

    private static String withoutAddress(String text, URI address) {
        return text.replace(address.toString(), "<file>").replaceAll("https?://\\S+", "<file>");
    }

    private static List<OutTrack> tracks(MediaPlan plan) {
        int ssrc = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE - 1);
        var tracks = new ArrayList<OutTrack>(2);
        if (plan.video()) tracks.add(OutTrack.video(ssrc));
        if (plan.audio()) tracks.add(OutTrack.audio(ssrc + 1));
        return tracks;
    }

    /** Remembers what must be closed at the end; closes it now when the end has been already. */
    private <T extends AutoCloseable> T keep(T resource) throws IOException {
        synchronized (opened) {
            if (!finished) {
                opened.push(resource);
                return resource;
            }
        }
        close(resource);
        throw new IOException("The playback has ended already.");
    }

    private void closeAll() {
        synchronized (opened) {
            finished = true;
        }
        while (!opened.isEmpty()) close(opened.pop());
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("close", e);
        }
    }
}
