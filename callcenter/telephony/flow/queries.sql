-- name: current_flow^
select * from call_flows order by version desc limit 1;

-- name: get_flow^
select * from call_flows where version = :version;

-- name: list_flows
select version, note, published_by, published_at from call_flows
where :before::integer is null or version < :before
order by version desc limit :limit;

-- name: publish_flow^
-- Behind the version it was made from, and no other: of two at once the second finds it taken.
insert into call_flows (version, flow, note, published_by)
select :after::integer + 1, :flow::jsonb, :note, :published_by
where :after = (select coalesce(max(version), 0) from call_flows)
on conflict do nothing
returning *;

-- name: keep_position!
insert into flow_positions (call_id, flow_version, step, sequence, tries, language, is_over, acts)
values (:call_id, :flow_version, :step, :sequence, :tries, :language, :is_over, :acts::jsonb)
on conflict (call_id) do update set
    step = excluded.step, sequence = excluded.sequence, tries = excluded.tries,
    language = excluded.language, is_over = excluded.is_over, acts = excluded.acts;

-- name: lock_call^
-- The first lock of whatever is heard of a call, as of the ring: one word at a time.
select state from calls where id = :call_id for update;

-- name: position^
select p.*, f.flow from flow_positions p join call_flows f on f.version = p.flow_version
where p.call_id = :call_id;

-- name: forget_position!
delete from flow_positions where call_id = :call_id;

-- name: keep_message^
-- Told twice, it is kept once, and the duplicate writes.
insert into left_messages (call_id, sequence, recording, duration_s, recording_id)
values (:call_id, :sequence, :recording, :duration_s, :recording_id)
on conflict (call_id, sequence) do update set recording = left_messages.recording
returning (xmax = 0) as is_new;

-- name: call_of_carrier$
select id from calls where carrier_ref = :carrier_ref;
