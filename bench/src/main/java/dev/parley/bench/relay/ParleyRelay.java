package dev.parley.bench.relay;

import dev.parley.bench.RelayApi;
import dev.parley.bench.load.LoadPeer;
import dev.parley.bench.load.Track;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Parley's relay as it is packaged, alone: account's key set comes from {@link ServiceTokens}, Kafka is away, which the relay bears. It is spoken
 * to as signaling does, over REST.
 */
public final class ParleyRelay implements Relay {
    private static final Duration READY = Duration.ofSeconds(60);

    private final ServiceTokens tokens;
    private final RelayProcess process;
    private final RelayApi api;
    private final String about;

    private ParleyRelay(ServiceTokens tokens, RelayProcess process, RelayApi api, String about) {
        this.tokens = tokens;
        this.process = process;
        this.api = api;
        this.about = about;
    }

    /**
     * @param app   the folder of quarkus-run.jar
     * @param flags of its JVM
     * @param core  see {@link RelayProcess#start}
     */
    public static ParleyRelay start(Path app, List<String> flags, Inet4Address address, Path logs, int core)
            throws IOException, InterruptedException {
        var tokens = new ServiceTokens();
        int port = FreePort.tcp();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        var environment = Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                String.valueOf(port),
                "PARLEY_ACCOUNT_URL",
                tokens.accountUrl(),
                "PARLEY_NODE_ID",
                "relay-bench",
                "PARLEY_RELAY_MEDIA_BIND",
                address.getHostAddress(),
                "PARLEY_RELAY_MEDIA_PORT",
                "0",
                "PARLEY_RELAY_ANNOUNCE",
                address.getHostAddress(),
                "PARLEY_RELAY_TAP_PORT",
                "0",
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + FreePort.tcp());
        RelayProcess process =
                RelayProcess.start(command, environment, app.toAbsolutePath(), logs.resolve("parley.log"), core);
        var api = new RelayApi("http://127.0.0.1:" + port, tokens.serviceToken());
        try {
            process.await(api::isReady, READY);
        } catch (IOException | InterruptedException e) {
            process.close();
            tokens.close();
            throw e;
        }
        return new ParleyRelay(tokens, process, api, "Parley's relay, java " + String.join(" ", flags));
    }

    @Override
    public String name() {
        return "parley";
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public RelayProcess process() {
        return process;
    }

    @Override
    public void openRoom(String room) throws IOException, InterruptedException {
        api.openRoom(room);
    }

    @Override
    public void closeRoom(String room) throws IOException, InterruptedException {
        api.closeRoom(room);
    }

    @Override
    public CompletableFuture<LoadPeer> publish(String room, Publisher publisher, LoadPeer peer)
            throws IOException, InterruptedException {
        String who = publisher.who();
        var feed = new FeedInfo(who, who, who, who, "", "camera");
        var bindings = bindings(List.of(publisher));
        return connect(
                room,
                "up-" + who,
                peer,
                new NegotiateRequest(
                        who, Direction.UP, peer.offer(publisher.tracks()).print(), List.of(feed), bindings, ""));
    }

    @Override
    public CompletableFuture<LoadPeer> subscribe(String room, String who, List<Publisher> to, LoadPeer peer)
            throws IOException, InterruptedException {
        var bindings = bindings(to);
        var video = bindings.stream().map(one -> one.kind() == MediaKind.VIDEO).toList();
        return connect(
                room,
                "down-" + who,
                peer,
                new NegotiateRequest(who, Direction.DOWN, peer.wants(video).print(), List.of(), bindings, ""));
    }

    private CompletableFuture<LoadPeer> connect(String room, String transport, LoadPeer peer, NegotiateRequest request)
            throws IOException, InterruptedException {
        var answer = api.negotiate(room, transport, request);
        if (answer.tracks().size() != request.tracks().size())
            throw new IOException("the relay took " + answer.tracks() + " of " + request.tracks());
        return peer.connect(SessionDescription.parse(answer.sdp()));
    }

    private static List<TrackBinding> bindings(List<Publisher> publishers) {
        var all = new ArrayList<TrackBinding>();
        for (Publisher publisher : publishers) {
            for (Track track : publisher.tracks()) {
                var kind = track.video() ? MediaKind.VIDEO : MediaKind.AUDIO;
                all.add(new TrackBinding(String.valueOf(all.size()), publisher.who(), kind));
            }
        }
        return all;
    }

    @Override
    public void close() {
        process.close();
        tokens.close();
    }
}
