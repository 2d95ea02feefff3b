create table recording (
    record_id      varchar(64) primary key,
    room_id        varchar(64) not null,
    request        text        not null, -- StartRecording as JSON
    state          varchar(16) not null,
    feeds          text        not null, -- JSON array of the feed ids heard of
    initialised    boolean     not null,
    last_seq       bigint      not null, -- of this recording's events
    event_code     integer     not null,
    message        text        not null,
    created_at_ms  bigint      not null,
    started_at_ms  bigint      not null,
    stopped_at_ms  bigint      not null,
    duration_ms    bigint      not null,
    size_bytes     bigint      not null,
    result_path    text        not null,
    media_type     integer     not null,
    owner          varchar(64) not null, -- node that taps the room
    lease_until_ms bigint      not null, -- when another node may take it over
    run            integer     not null, -- grows with each node that takes it up; names its segments
    journal_closed boolean     not null, -- every segment is in the object store
    attempts       integer     not null, -- of composing
    compose_at_ms  bigint      not null  -- not before; while composing: when another node may try
);
create index recording_room on recording (room_id, created_at_ms);
create index recording_live on recording (lease_until_ms) where not journal_closed;
create index recording_to_compose on recording (compose_at_ms) where state = 'COMPOSING';

create table recording_event (
    record_id  varchar(64) not null references recording,
    seq        bigint      not null,
    event      text        not null, -- RecordingEvent as JSON
    at_ms      bigint      not null,
    published  boolean     not null,
    primary key (record_id, seq)
);
create index recording_event_unpublished on recording_event (record_id, seq) where not published;

create table callback (
    biz_request_id varchar(64) primary key,
    record_id      varchar(64) not null references recording,
    seq            bigint      not null,
    url            text        not null,
    body           text        not null, -- what is posted, byte for byte
    state          varchar(16) not null, -- PENDING, DONE, EXPIRED
    attempts       integer     not null,
    created_at_ms  bigint      not null,
    next_at_ms     bigint      not null,
    last_error     text        not null
);
create index callback_pending on callback (record_id, seq) where state = 'PENDING';
