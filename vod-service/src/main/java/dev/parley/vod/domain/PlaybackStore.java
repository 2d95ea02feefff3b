package dev.parley.vod.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Port: the playbacks of all workers. A final state is never left again: the first to write one wins, whichever worker it is. Each call is
 * one transaction and blocks; throws RefusedException (UNAVAILABLE) when the database is away.
 */
public interface PlaybackStore {
    /** False when a playback with this vodId is there already. */
    boolean insert(Playback playback, long nowMs);

    Optional<Playback> find(String vodId);

    /** The newest 100 of a room, newest first. */
    List<Playback> ofRoom(String roomId);

    /** Writes a new state; false, and nothing is written, when the stored one is final. */
    boolean move(String vodId, PlaybackState next, long nowMs);

    /** Notes that somebody wants it stopped; the worker that plays it sees this in {@link #watch}. */
    void askStop(String vodId);

    /** Those of the given ids that should not go on: stop asked, or ended by somebody else. */
    List<String> watch(Collection<String> vodIds);

    /**
     * Fails what a lost boot of a worker played and makes {@code byNodeId} announce it.
     *
     * @param exceptBootId boots to spare; the present one at the start of a worker
     */
    int failOtherBoots(String nodeId, String exceptBootId, String message, String byNodeId, long nowMs);

    /** As above for one boot. */
    int failBoot(String nodeId, String bootId, String message, String byNodeId, long nowMs);

    /** Playbacks of this node whose present state nobody has been told, oldest change first, at most 100. */
    List<Playback> unannounced(String nodeId);

    /** The event of this state is in Kafka. */
    void announced(String vodId, String state);
}
