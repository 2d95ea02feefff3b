-- What recordings are listed by.
alter table recording add column biz_name text, add column starter_uid text, add column name text;
update recording set
    biz_name = coalesce(document::json -> 'request' ->> 'bizName', ''),
    starter_uid = coalesce(document::json -> 'request' ->> 'starterUid', ''),
    name = coalesce(document::json -> 'request' ->> 'name', '');
alter table recording
    alter column biz_name set not null,
    alter column starter_uid set not null,
    alter column name set not null;
create index recording_biz on recording (biz_name, created_at_ms);
