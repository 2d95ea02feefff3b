-- Inviters may choose ids: the key is bizName/inviteId, so that applications do not meet.
alter table invitation alter column id type varchar(256);
update invitation set id = biz_name || '/' || id;
