package dev.parley.signaling.client;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.node.PlacementView;
import dev.parley.signaling.domain.MediaPlace;
import dev.parley.signaling.domain.port.Media;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Master and relays over REST. */
@ApplicationScoped
public class MediaClient implements Media {
    private static final ErrorCode AWAY = ErrorCode.MEDIA_UNAVAILABLE;
    private final MasterApi master;
    private final RelayApi relay;
    private final Remote remote;

    MediaClient(@RestClient MasterApi master, @RestClient RelayApi relay, Remote remote) {
        this.master = master;
        this.relay = relay;
        this.remote = remote;
    }

    @Override
    public PlacementView place(String roomId) {
        PlacementView placement = remote.call(AWAY, () -> master.place(roomId));
        remote.run(AWAY, () -> relay.open(placement.node().url(), roomId));
        return placement;
    }

    @Override
    public NegotiateAnswer negotiate(MediaPlace at, String roomId, String transportId, NegotiateRequest request) {
        return remote.call(AWAY, () -> relay.negotiate(at.url(), roomId, transportId, request));
    }

    @Override
    public void wish(MediaPlace at, String roomId, String transportId, SubscriberWishes wishes) {
        remote.run(AWAY, () -> relay.wish(at.url(), roomId, transportId, wishes));
    }

    @Override
    public void removeTransport(MediaPlace at, String roomId, String transportId) {
        remote.end(AWAY, () -> relay.removeTransport(at.url(), roomId, transportId));
    }

    @Override
    public void control(MediaPlace at, String roomId, String feedId, FeedControl control) {
        remote.end(AWAY, () -> relay.control(at.url(), roomId, feedId, control));
    }

    @Override
    public void endFeed(MediaPlace at, String roomId, String feedId) {
        remote.end(AWAY, () -> relay.endFeed(at.url(), roomId, feedId));
    }

    @Override
    public void vacate(MediaPlace at, String roomId) {
        remote.end(AWAY, () -> relay.vacate(at.url(), roomId));
    }

    @Override
    public List<String> drainingRelays() {
        return remote.call(AWAY, master::nodes).stream()
                .filter(node -> node.kind() == NodeKind.RELAY && node.draining())
                .map(NodeView::nodeId)
                .toList();
    }

    @Override
    public void drain(String relayUrl) {
        remote.run(AWAY, () -> relay.drain(relayUrl));
    }

    @Override
    public void release(MediaPlace at, String roomId) {
        remote.end(AWAY, () -> relay.close(at.url(), roomId));
        remote.end(AWAY, () -> master.release(roomId));
    }
}
