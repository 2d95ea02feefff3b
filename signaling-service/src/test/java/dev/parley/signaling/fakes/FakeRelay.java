package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay in memory: holds rooms, transports with the meaning of their m-lines, and feeds; forwards nothing. */
public final class FakeRelay extends Server {
    public final Set<String> rooms = ConcurrentHashMap.newKeySet();
    /** By {@code roomId/transportId}. */
    public final Map<String, NegotiateRequest> transports = new ConcurrentHashMap<>();

    /** By {@code roomId/transportId}, the last. */
    public final Map<String, SubscriberWishes> wishes = new ConcurrentHashMap<>();

    public final Map<String, FeedControl> controls = new ConcurrentHashMap<>();
    /** Rooms that were told that they have another place. */
    public final Set<String> vacated = ConcurrentHashMap.newKeySet();

    public volatile boolean draining;
    /** Refuses what asks for a room, as one that drains does for a room that it does not hold. */
    public volatile boolean full;

    public final List<String> endedFeeds = new CopyOnWriteArrayList<>();

    @Override
    Object handle(String method, String[] parts, JsonNode body, String query) throws IOException {
        if (parts[1].equals("node:drain")) {
            draining = true;
            return null;
        }
        String roomId = parts[2];
        if (roomId.endsWith(":vacate")) {
            vacated.add(roomId.substring(0, roomId.indexOf(':')));
            return null;
        }
        if (parts.length == 3) {
            if (method.equals("PUT")) rooms.add(roomId);
            else {
                rooms.remove(roomId);
                transports.keySet().removeIf(key -> key.startsWith(roomId + "/"));
            }
            return null;
        }
        if (full) throw new RefusedException(ErrorCode.NO_NODE);
        if (!rooms.contains(roomId)) throw new RefusedException(ErrorCode.RELAY_ROOM_NOT_FOUND);
        String key = roomId + "/" + parts[4];
        if (parts[3].equals("feeds")) {
            if (method.equals("DELETE")) endedFeeds.add(parts[4]);
            else controls.put(parts[4], JSON.treeToValue(body, FeedControl.class));
            return null;
        }
        if (method.equals("DELETE")) {
            if (transports.remove(key) == null) throw new RefusedException(ErrorCode.TRANSPORT_NOT_FOUND);
            return null;
        }
        if (method.equals("PATCH")) {
            if (!transports.containsKey(key)) throw new RefusedException(ErrorCode.TRANSPORT_NOT_FOUND);
            wishes.put(key, JSON.treeToValue(body, SubscriberWishes.class));
            return null;
        }
        var request = JSON.treeToValue(body, NegotiateRequest.class);
        if (!request.sdp().startsWith("v=0")) throw new RefusedException(ErrorCode.SDP_INVALID);
        transports.put(key, request);
        var accepted = request.direction() == Direction.UP
                ? request.tracks()
                : request.tracks().stream()
                        .filter(t -> t.feedId().equals(FeedInfo.SPEAKER) || published(roomId, t.feedId()))
                        .toList();
        return new NegotiateAnswer("v=0\r\ns=answer to " + parts[4] + "\r\n", accepted);
    }

    private boolean published(String roomId, String feedId) {
        return transports.entrySet().stream()
                .filter(e -> e.getKey().startsWith(roomId + "/") && e.getValue().direction() == Direction.UP)
                .anyMatch(e ->
                        e.getValue().feeds().stream().anyMatch(f -> f.feedId().equals(feedId)));
    }
}
