-- Host and port of a callback's URL, so that one slow business server keeps no other waiting.
alter table callback add column host text;
update callback set host = split_part(url, '/', 3);
alter table callback alter column host set not null;
create index callback_due on callback (host, next_at_ms) where state = 'PENDING';
