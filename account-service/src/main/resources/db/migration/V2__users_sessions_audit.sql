alter table company
    add number       bigint generated always as identity unique,
    add display_name text not null default '',
    add email        text not null default '',
    add phone        text not null default '',
    add logo         text not null default '',
    add address      text not null default '',
    add enabled      boolean not null default true;
update company set display_name = id;

-- level instead of group_name: 1 root, 2 administrator, 4 user, 5 participant.
alter table person
    add number  bigint generated always as identity unique,
    add level   int,
    add email   text not null default '',
    add phone   text not null default '',
    add photo   text not null default '',
    add address text not null default '',
    add job     text not null default '',
    add enabled boolean not null default true;
update person set level = case group_name when 'root' then 1 when 'admin' then 2 else 4 end;
alter table person alter level set not null,
    add check (level in (1, 2, 4, 5)),
    drop group_name;
alter table person drop constraint person_pkey, drop id;
alter table person add primary key (number);

-- sid_digest: SHA-256; the SID itself is with its holder only.
create table session (
    id              text primary key,
    person          bigint not null references person on delete cascade,
    sid_digest      bytea not null unique,
    kind            text not null check (kind in ('password', 'docking')),
    address         text not null,
    agent           text not null,
    created_at_ms   bigint not null,
    last_used_at_ms bigint not null,
    ends_at_ms      bigint not null
);
create index on session (person, last_used_at_ms);

-- Who asked for what (before it is done), and what became of it.
create table audit_entry (
    id         bigint generated always as identity primary key,
    at_ms      bigint not null,
    actor      text not null,
    role       text not null,
    company_id text not null,
    address    text not null,
    operation  text not null,
    target     text not null
);
create index on audit_entry (company_id, id);
create table audit_outcome (
    entry  bigint primary key references audit_entry,
    at_ms  bigint not null,
    status int not null,
    code   text not null,
    target text not null
);

-- Even for the owner of the tables, who is the service itself.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_is_append_only();
create trigger audit_outcome_append_only before update or delete or truncate on audit_outcome
    for each statement execute function audit_is_append_only();
