-- Times ending in _ms are milliseconds since the epoch.

-- One row = one room. The columns are what rooms are looked up by; the aggregate is the document in state (docs/decisions/0003).
create table room (
    id             varchar(64)  primary key,
    biz_name       varchar(128) not null,
    meeting_code   varchar(16)  not null,
    phase          varchar(16)  not null,
    seq            bigint       not null,
    empty_since_ms bigint       not null,
    -- A relay and a placement are held for it; cleared once both are given back.
    media_held     boolean      not null default false,
    ended_at_ms    bigint       not null default 0,
    state          text         not null
);
create index room_by_application on room (biz_name, phase);
create index room_empty on room (empty_since_ms) where phase <> 'ENDED' and empty_since_ms > 0;
create index room_media_to_release on room (ended_at_ms) where phase = 'ENDED' and media_held;

create table room_log (
    room_id   varchar(64) not null,
    seq       bigint      not null,
    type      varchar(40) not null,
    audience  text        not null,
    data      text        not null,
    published boolean     not null default false,
    at_ms     bigint      not null,
    primary key (room_id, seq)
);
create index room_log_unpublished on room_log (at_ms) where not published;
create index room_log_age on room_log (at_ms);

create table session (
    id                varchar(64)  primary key,
    biz_name          varchar(128) not null,
    uid               varchar(256) not null,
    display_name      varchar(256) not null,
    token_room        varchar(64)  not null,
    role              varchar(16)  not null,
    scopes            varchar(128) not null,
    resume_token_hash varchar(64)  not null,
    room_id           varchar(64),
    participant_id    varchar(64),
    -- The running copy that has its socket; null while nobody has.
    owner             varchar(128),
    -- Grows with every socket, so that the end of an old socket can be told from the end of the present one.
    epoch             integer      not null,
    -- When the grace time ends; 0 while a socket is there.
    deadline_ms       bigint       not null default 0,
    -- Over; what is left is to take it out of its room.
    dead              boolean      not null default false
);
create unique index session_of_user on session (biz_name, uid) where not dead;
create index session_of_participant on session (participant_id) where participant_id is not null;
create index session_deadline on session (deadline_ms) where deadline_ms > 0;
create index session_owner on session (owner) where owner is not null;

-- Running copies. An instance is one start of one copy.
create table signaling_node (
    instance     varchar(128) primary key,
    last_seen_ms bigint not null
);

create table invitation (
    id            varchar(64)  primary key,
    biz_name      varchar(128) not null,
    uid           varchar(256) not null,
    state         varchar(16)  not null,
    expires_at_ms bigint       not null,
    -- The inviter has been told how it ended.
    told          boolean      not null default false,
    document      text         not null
);
create index invitation_open on invitation (biz_name, uid) where state = 'RINGING';
create index invitation_due on invitation (expires_at_ms) where not told;

create table request_key (
    session_id varchar(64) not null,
    key        varchar(64) not null,
    result     text        not null,
    at_ms      bigint      not null,
    primary key (session_id, key)
);
create index request_key_age on request_key (at_ms);
