package dev.parley.signaling.domain;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.TrackBinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody in a room.
 *
 * @param participantId unique over all rooms
 * @param uid           external id in the room's application
 * @param protocol      what it speaks: parley, whip, whep, vod; later the dialects' names
 * @param extra         what it said of itself when it joined
 * @param feeds         what it publishes, oldest first
 * @param up            every m-line of its up connection that is in use; a feed's tracks are exactly its bindings here
 * @param down          every m-line of its down connection in use; what it subscribes to is read from here
 * @param offers        files that it has announced and not yet sent, oldest first
 */
public record Participant(
        String participantId,
        String uid,
        String displayName,
        Role role,
        ParticipantKind kind,
        ServiceState state,
        String protocol,
        boolean handRaised,
        Json extra,
        long joinedAtMs,
        List<Feed> feeds,
        List<TrackBinding> up,
        List<TrackBinding> down,
        List<FileOffer> offers) {
    public Participant {
        extra = extra == null ? Json.NULL : extra;
        feeds = feeds == null ? List.of() : List.copyOf(feeds);
        up = up == null ? List.of() : List.copyOf(up);
        down = down == null ? List.of() : List.copyOf(down);
        offers = offers == null ? List.of() : List.copyOf(offers);
    }

    /** Ids of the feeds it receives, in the order of subscription. */
    public Set<String> subscriptions() {
        var ids = new LinkedHashSet<String>();
        for (TrackBinding binding : down) ids.add(binding.feedId());
        return ids;
    }

    public Feed feed(String feedId) {
        for (Feed feed : feeds) if (feed.feedId().equals(feedId)) return feed;
        return null;
    }

    /** Null when it has announced no such file, or has sent it. */
    public FileOffer offer(String fileId) {
        for (FileOffer offer : offers) if (offer.fileId().equals(fileId)) return offer;
        return null;
    }

    public List<TrackBinding> bindings(Direction direction) {
        return direction == Direction.UP ? up : down;
    }

    /** The feed as relay and recorder know it. */
    public FeedInfo info(Feed feed) {
        return new FeedInfo(
                feed.feedId(),
                participantId,
                uid,
                displayName,
                feed.tag(),
                feed.source().wire());
    }

    /** Name of its transport at the relay. */
    public static String transportId(String participantId, Direction direction) {
        return participantId + (direction == Direction.UP ? "-up" : "-down");
    }

    public Participant with(ServiceState state) {
        return copy(role, state, feeds, up, down, offers);
    }

    public Participant with(Role role) {
        return copy(role, state, feeds, up, down, offers);
    }

    public Participant publishing(List<Feed> feeds, List<TrackBinding> up) {
        return copy(role, state, feeds, up, down, offers);
    }

    public Participant receiving(List<TrackBinding> down) {
        return copy(role, state, feeds, up, down, offers);
    }

    public Participant offering(List<FileOffer> offers) {
        return copy(role, state, feeds, up, down, offers);
    }

    /** Without its m-lines that carried this feed. */
    public Participant notReceiving(Set<String> feedIds) {
        return receiving(without(down, feedIds));
    }

    public static List<TrackBinding> without(List<TrackBinding> bindings, Set<String> feedIds) {
        var kept = new ArrayList<TrackBinding>();
        for (TrackBinding binding : bindings) if (!feedIds.contains(binding.feedId())) kept.add(binding);
        return kept;
    }

    private Participant copy(
            Role role,
            ServiceState state,
            List<Feed> feeds,
            List<TrackBinding> up,
            List<TrackBinding> down,
            List<FileOffer> offers) {
        return new Participant(
                participantId,
                uid,
                displayName,
                role,
                kind,
                state,
                protocol,
                handRaised,
                extra,
                joinedAtMs,
                feeds,
                up,
                down,
                offers);
    }
}
