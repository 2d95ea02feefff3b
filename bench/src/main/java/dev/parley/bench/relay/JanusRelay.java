package dev.parley.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.load.LoadPeer;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The machine's Janus with its videoroom plugin (https://janus.conf.meetecho.com/docs/videoroom.html), on a configuration of its own. */
public final class JanusRelay implements Relay {
    private static final Duration READY = Duration.ofSeconds(30);

    private final String name;
    private final String about;
    private final RelayProcess process;
    private final JanusApi api;
    private final Path folder;
    private final String roomKeeper;
    private final Map<String, List<String>> handles = new java.util.concurrent.ConcurrentHashMap<>();

    private JanusRelay(String name, String about, RelayProcess process, JanusApi api, Path folder)
            throws IOException, InterruptedException {
        this.name = name;
        this.about = about;
        this.process = process;
        this.api = api;
        this.folder = folder;
        api.open();
        roomKeeper = api.attach();
    }

    /** @param eventLoops 0 = as Debian ships it; @param address not of a loopback interface, which Janus refuses */
    public static JanusRelay start(String name, int eventLoops, Inet4Address address, Path logs, int core)
            throws IOException, InterruptedException {
        var network = NetworkInterface.getByInetAddress(address);
        if (network == null || network.isLoopback())
            throw new IOException("Janus takes no loopback interface, and " + address.getHostAddress()
                    + " is none of another one: ./parley bench relay makes one");
        Path folder = Files.createTempDirectory("parley-janus");
        int port = FreePort.tcp();
        JanusConfig.write(folder, port, network.getName(), eventLoops);
        RelayProcess process = RelayProcess.start(
                List.of("janus", "--configs-folder=" + folder), Map.of(), folder, logs.resolve(name + ".log"), core);
        var api = new JanusApi("http://127.0.0.1:" + port + "/janus");
        try {
            process.await(() -> api.info().has("version_string"), READY);
            String about = "Janus " + api.info().path("version_string").asText() + ", videoroom, "
                    + (eventLoops == 0 ? "as shipped" : "event_loops = " + eventLoops) + ", ice_lite";
            return new JanusRelay(name, about, process, api, folder);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
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
        var body = api.body("create")
                .put("room", Long.parseLong(room))
                .put("publishers", 100)
                .put("bitrate", 0)
                .put("audiocodec", "opus")
                .put("videocodec", "vp8");
        api.ask(roomKeeper, body);
        handles.put(room, new ArrayList<>());
    }

    @Override
    public void closeRoom(String room) throws IOException, InterruptedException {
        api.ask(roomKeeper, api.body("destroy").put("room", Long.parseLong(room)));
        for (String handle : handles.remove(room)) api.detach(handle);
    }

    @Override
    public CompletableFuture<LoadPeer> publish(String room, Publisher publisher, LoadPeer peer)
            throws IOException, InterruptedException {
        var body = api.body("joinandconfigure")
                .put("ptype", "publisher")
                .put("room", Long.parseLong(room))
                .put("id", Long.parseLong(publisher.who()));
        String offer = peer.offer(publisher.tracks()).print();
        JsonNode event = api.request(handle(room), body, api.jsep("offer", offer));
        return peer.connect(sdp(event));
    }

    @Override
    public CompletableFuture<LoadPeer> subscribe(String room, String who, List<Publisher> to, LoadPeer peer)
            throws IOException, InterruptedException {
        String handle = handle(room);
        var body = api.body("join").put("ptype", "subscriber").put("room", Long.parseLong(room));
        var streams = body.putArray("streams");
        for (Publisher publisher : to) streams.addObject().put("feed", Long.parseLong(publisher.who()));
        SessionDescription offer = sdp(api.request(handle, body, null));
        String answer = peer.answer(offer).print();
        var connected = peer.connect(offer);
        api.request(handle, api.body("start"), api.jsep("answer", answer));
        return connected;
    }

    private String handle(String room) throws IOException, InterruptedException {
        String handle = api.attach();
        handles.get(room).add(handle);
        return handle;
    }

    private static SessionDescription sdp(JsonNode event) throws IOException {
        String sdp = event.at("/jsep/sdp").asText();
        if (sdp.isEmpty()) throw new IOException("Janus' event has no description: " + event);
        return SessionDescription.parse(sdp);
    }

    @Override
    public void close() {
        api.close();
        process.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException _) {
            // Temporary files of this run.
        }
    }
}
