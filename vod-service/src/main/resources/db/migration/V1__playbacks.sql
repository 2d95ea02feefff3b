-- Playbacks of all workers. A row in state over or failed never changes its state again.
create table playback (
    vod_id         varchar(64) primary key,
    room_id        varchar(128) not null,
    feed_id        varchar(128) not null,
    file           varchar(256) not null,
    state          varchar(16)  not null check (state in ('starting', 'playing', 'over', 'failed')),
    message        varchar(512) not null default '',
    node_id        varchar(64)  not null,
    boot_id        varchar(64)  not null,
    stop_asked     boolean      not null default false,
    -- The last state whose event is in Kafka. Together with state this is the outbox: they differ until the event is acknowledged.
    announced      varchar(16)  not null default 'starting',
    announcer      varchar(64)  not null,
    created_at_ms  bigint       not null,
    changed_at_ms  bigint       not null
);

create index playback_room on playback (room_id, created_at_ms desc);
create index playback_live on playback (node_id) where state in ('starting', 'playing');
create index playback_unannounced on playback (announcer, changed_at_ms) where state <> announced;
