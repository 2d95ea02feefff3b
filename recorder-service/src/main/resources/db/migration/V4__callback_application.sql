-- Whose key signs the callback.
alter table callback add column biz_name text;
update callback set biz_name = coalesce(body::json ->> 'bizName', '');
alter table callback alter column biz_name set not null;
