package dev.parley.account.api;

import dev.parley.account.domain.ApplicationStore;
import dev.parley.account.domain.Peers;
import dev.parley.account.domain.Peers.Peer;
import dev.parley.account.domain.Permissions.Reach;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.room.RoomOverview;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Rooms and recordings as far as the caller may see them: those of the applications that it sees; others look as if they were not there. */
@ApplicationScoped
class LiveRooms {
    private final Peers peers;
    private final ApplicationStore applications;
    private final Caller caller;

    LiveRooms(Peers peers, ApplicationStore applications, Caller caller) {
        this.peers = peers;
        this.applications = applications;
        this.caller = caller;
    }

    List<RoomOverview> list() {
        List<String> bizNames = null;
        if (caller.reach() != Reach.ALL) {
            bizNames = applications.list(caller.visibleCompany()).stream()
                    .map(a -> a.bizName())
                    .toList();
        }
        return Arrays.asList(peers.ask(
                Peer.SIGNALING, "POST", "/v1/rooms:search", new RoomOverview.Search(bizNames), RoomOverview[].class));
    }

    /** Errors: ROOM_NOT_FOUND, ROOM_ENDED. */
    RoomOverview get(String roomId) {
        var room = peers.ask(Peer.SIGNALING, "GET", path(roomId) + "/overview", null, RoomOverview.class);
        if (!sees(room.bizName())) throw new RefusedException(ErrorCode.ROOM_NOT_FOUND);
        return room;
    }

    boolean sees(String bizName) {
        return caller.reach() == Reach.ALL
                || applications.find(bizName).filter(caller::sees).isPresent();
    }

    static String path(String roomId) {
        return "/v1/rooms/" + segment(roomId);
    }

    /** One segment of a path, whatever is in it. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
