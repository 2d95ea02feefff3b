package dev.parley.vod.store;

import dev.parley.vod.domain.Playback;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code vod.playback}; see V1__playbacks.sql. */
@Entity
@Table(name = "playback", schema = "vod")
public class PlaybackEntity extends PanacheEntityBase {
    @Id
    @Column(name = "vod_id")
    public String vodId;

    @Column(name = "room_id")
    public String roomId;

    @Column(name = "feed_id")
    public String feedId;

    public String file;
    public String state;
    public String message;

    @Column(name = "node_id")
    public String nodeId;

    @Column(name = "boot_id")
    public String bootId;

    @Column(name = "stop_asked")
    public boolean stopAsked;

    public String announced;
    public String announcer;

    @Column(name = "created_at_ms")
    public long createdAtMs;

    @Column(name = "changed_at_ms")
    public long changedAtMs;

    static PlaybackEntity of(Playback playback, long nowMs) {
        var row = new PlaybackEntity();
        row.vodId = playback.vodId();
        row.roomId = playback.roomId();
        row.feedId = playback.feedId();
        row.file = playback.file();
        row.state = playback.state();
        row.message = playback.message();
        row.nodeId = playback.nodeId();
        row.bootId = playback.bootId();
        row.announced = playback.state();
        row.announcer = playback.nodeId();
        row.createdAtMs = nowMs;
        row.changedAtMs = nowMs;
        return row;
    }

    Playback toDomain() {
        return new Playback(vodId, roomId, feedId, file, state, message, nodeId, bootId);
    }
}
