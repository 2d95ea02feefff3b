-- A recording is one JSON document; beside it stands only what is searched for.
alter table recording add column document text, add column composer varchar(64);
update recording set composer = '', document = json_build_object(
    'request', request::json,
    'state', state,
    'story', json_build_object(
        'feeds', feeds::json,
        'initialised', initialised,
        'said', json_build_object('eventCode', event_code, 'message', message),
        'times', json_build_object('createdMs', created_at_ms, 'startedMs', started_at_ms, 'stoppedMs', stopped_at_ms),
        'films', case when result_path = '' then '[]'::json else json_build_array(json_build_object(
            'path', result_path, 'durationMs', duration_ms, 'sizeBytes', size_bytes, 'mediaType', media_type)) end),
    'tap', json_build_object('owner', owner, 'leaseUntilMs', lease_until_ms, 'run', run, 'closed', journal_closed),
    'job', json_build_object('attempts', attempts, 'atMs', compose_at_ms, 'node', ''))::text;
alter table recording
    alter column document set not null,
    alter column composer set not null, -- node that composes or composed last
    drop column request,
    drop column feeds,
    drop column initialised,
    drop column event_code,
    drop column message,
    drop column started_at_ms,
    drop column duration_ms,
    drop column size_bytes,
    drop column result_path,
    drop column media_type,
    drop column run,
    drop column attempts;
