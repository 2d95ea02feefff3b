-- Percent of the composition that runs.
alter table recording add column progress integer not null default 0;
