package dev.parley.vod.store;

import dev.parley.store.Db;
import dev.parley.vod.domain.Playback;
import dev.parley.vod.domain.PlaybackState;
import dev.parley.vod.domain.PlaybackStore;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Playbacks in PostgreSQL over Hibernate Reactive. Blocks the calling (virtual) thread; never call it on an event loop. */
@ApplicationScoped
public class PostgresPlaybackStore implements PlaybackStore {
    private static final int PAGE = 100;
    private static final String LIVE = "state in ('starting', 'playing')";

    private final Db db;

    PostgresPlaybackStore(Db db) {
        this.db = db;
    }

    @Override
    public boolean insert(Playback playback, long nowMs) {
        return db.unlessTaken(() -> PlaybackEntity.of(playback, nowMs).persistAndFlush());
    }

    @Override
    public Optional<Playback> find(String vodId) {
        return Optional.ofNullable(db.transaction(() -> PlaybackEntity.<PlaybackEntity>findById(vodId)))
                .map(PlaybackEntity::toDomain);
    }

    @Override
    public List<Playback> ofRoom(String roomId) {
        return list(() -> PlaybackEntity.<PlaybackEntity>find("roomId", Sort.descending("createdAtMs"), roomId)
                .page(0, PAGE)
                .list());
    }

    @Override
    public boolean move(String vodId, PlaybackState next, long nowMs) {
        return updated(() -> PlaybackEntity.update(
                        "state = ?1, message = ?2, changedAtMs = ?3 where vodId = ?4 and " + LIVE,
                        next.wireName(),
                        next.message(),
                        nowMs,
                        vodId))
                > 0;
    }

    @Override
    public void askStop(String vodId) {
        updated(() -> PlaybackEntity.update("stopAsked = true where vodId = ?1 and " + LIVE, vodId));
    }

    @Override
    public List<String> watch(Collection<String> vodIds) {
        return list(() -> PlaybackEntity.<PlaybackEntity>list(
                        "vodId in ?1 and (stopAsked = true or not " + LIVE + ")", List.copyOf(vodIds)))
                .stream()
                .map(Playback::vodId)
                .toList();
    }

    @Override
    public int failOtherBoots(String nodeId, String exceptBootId, String message, String byNodeId, long nowMs) {
        return updated(() -> PlaybackEntity.update(
                FAIL + "bootId <> ?5 and " + LIVE, message, nowMs, byNodeId, nodeId, exceptBootId));
    }

    @Override
    public int failBoot(String nodeId, String bootId, String message, String byNodeId, long nowMs) {
        return updated(() ->
                PlaybackEntity.update(FAIL + "bootId = ?5 and " + LIVE, message, nowMs, byNodeId, nodeId, bootId));
    }

    private static final String FAIL =
            "state = 'failed', message = ?1, changedAtMs = ?2, announcer = ?3 where nodeId = ?4 and ";

    @Override
    public List<Playback> unannounced(String nodeId) {
        return list(() -> PlaybackEntity.<PlaybackEntity>find(
                        "announcer = ?1 and state <> announced", Sort.ascending("changedAtMs"), nodeId)
                .page(0, PAGE)
                .list());
    }

    @Override
    public void announced(String vodId, String state) {
        updated(() -> PlaybackEntity.update("announced = ?1 where vodId = ?2", state, vodId));
    }

    private List<Playback> list(Supplier<Uni<List<PlaybackEntity>>> query) {
        return db.transaction(query).stream().map(PlaybackEntity::toDomain).toList();
    }

    private int updated(Supplier<Uni<Integer>> update) {
        return db.transaction(update);
    }
}
