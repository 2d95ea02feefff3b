create table company (
    id            text primary key,
    created_at_ms bigint not null
);

create table person (
    id            uuid primary key,
    company_id    text not null references company,
    name          text not null,
    display_name  text not null,
    password_hash text not null,
    group_name    text not null check (group_name in ('user', 'admin', 'root')),
    created_at_ms bigint not null,
    unique (company_id, name)
);

create table application (
    biz_name           text primary key,
    company_id         text not null references company,
    name               text not null,
    app_id             text not null,
    workspace_id       text not null,
    public_key         text not null,
    sealed_private_key bytea not null,
    auto_record        boolean not null,
    callback_url       text not null,
    guests_allowed     boolean not null,
    created_at_ms      bigint not null,
    unique (company_id, name)
);

-- signs_from_ms: 9223372036854775807 = published, not appointed yet.
create table token_key (
    kid                text primary key,
    public_key         bytea not null,
    sealed_private_key bytea not null,
    created_at_ms      bigint not null,
    signs_from_ms      bigint not null
);
