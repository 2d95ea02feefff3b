create table node (
    node_id           text primary key,
    boot_id           text not null,
    kind              text not null,
    url               text not null,
    media_host        text,
    media_port        integer,
    media_fingerprint text,
    region            text not null,
    alive             boolean not null,
    draining          boolean not null,
    joined_at_ms      bigint not null,
    lost_at_ms        bigint not null
);

-- What became of nodes, written in the transaction that decided it and published after it (at least once).
create table node_change (
    id                bigint generated always as identity primary key,
    type              text not null,
    node_id           text not null,
    boot_id           text not null,
    kind              text not null,
    url               text not null,
    media_host        text,
    media_port        integer,
    media_fingerprint text,
    created_at_ms     bigint not null,
    published         boolean not null
);

create index node_change_unpublished on node_change (id) where not published;

-- generation: from 1, one more with every move.
create table placement (
    room_id      text primary key,
    node_id      text not null,
    boot_id      text not null,
    generation   bigint not null,
    placed_at_ms bigint not null
);

create index placement_node on placement (node_id);
