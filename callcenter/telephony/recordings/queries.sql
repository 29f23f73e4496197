-- name: rule^
select * from recording_rule;

-- name: keep_rule^
update recording_rule set mode = :mode, groups = :groups, talk_days = :talk_days,
    complaint_days = :complaint_days, message_days = :message_days, version = version + 1
returning *;

-- name: group_of_call$
-- By which group it came; of a call-back, the group that it is for.
select group_name from (
    select id, group_name from queue_entries where call_id = :call_id
    union all select id, group_name from queue_entries where dial_id = :call_id) places
order by id desc limit 1;

-- name: began^
-- Told twice, it is one; the duplicate writes before it is answered.
insert into call_recordings (id, call_id, kind, spool, agent_id)
values (:id, :call_id, :kind, :spool, :agent_id)
on conflict (spool) do update set spool = excluded.spool
returning *, (xmax = 0) as is_new;

-- name: keep^
update call_recordings set state = 'kept', file = :file, size = :size, sha256 = :sha256,
    seconds = :seconds, paused = false, pause_wanted = false
where id = :id and state = 'running' returning *;

-- name: lose^
update call_recordings set state = 'lost', paused = false, pause_wanted = false
where id = :id and state = 'running' returning *;

-- name: get_recording^
select r.*, c.ticket_id, coalesce(t.kind = 'complaint', false) as is_complaint,
       exists (select from recording_holds h where h.ticket_id = c.ticket_id) as is_held
from call_recordings r join calls c on c.id = r.call_id
left join tickets t on t.id = c.ticket_id where r.id = :id;

-- name: recordings_of_call
select r.*, c.ticket_id, coalesce(t.kind = 'complaint', false) as is_complaint,
       exists (select from recording_holds h where h.ticket_id = c.ticket_id) as is_held
from call_recordings r join calls c on c.id = r.call_id
left join tickets t on t.id = c.ticket_id where r.call_id = :call_id order by r.begun_at, r.id;

-- name: recordings_of_ticket
select r.*, c.ticket_id, coalesce(t.kind = 'complaint', false) as is_complaint,
       exists (select from recording_holds h where h.ticket_id = c.ticket_id) as is_held
from calls c join call_recordings r on r.call_id = c.id
join tickets t on t.id = c.ticket_id where c.ticket_id = :ticket_id order by r.begun_at, r.id;

-- name: lock_recording^
select * from call_recordings where id = :id for update;

-- name: lock_running^
select * from call_recordings
where call_id = :call_id and state = 'running' and kind = 'talk' for update;

-- name: running
select * from call_recordings where state = 'running' order by begun_at limit :limit;

-- name: known_spools
select spool from call_recordings where spool = any(:spools::text[]);

-- name: want_pause^
update call_recordings set pause_wanted = :wanted, pause_reason = :reason where id = :id returning *;

-- name: pause_done^
update call_recordings set paused = :paused
where id = :id and state = 'running' and paused <> :paused returning *;

-- name: hold^
select * from recording_holds where ticket_id = :ticket_id;

-- name: place_hold^
insert into recording_holds (ticket_id, reason, placed_by) values (:ticket_id, :reason, :placed_by)
on conflict (ticket_id) do update set reason = excluded.reason
returning *, (xmax = 0) as is_new;

-- name: lift_hold$
delete from recording_holds where ticket_id = :ticket_id returning ticket_id;

-- name: expired
-- By the rule as it is now: what a shorter time leaves behind goes, too.
select r.id from call_recordings r join calls c on c.id = r.call_id
left join tickets t on t.id = c.ticket_id
where r.state = 'kept'
  and r.begun_at < now() - make_interval(days => :shortest_days::integer)
  and r.begun_at < now() - make_interval(days => case
        when t.kind = 'complaint' then :complaint_days::integer
        when r.kind = 'message' then :message_days::integer else :talk_days::integer end)
  and not exists (select from recording_holds h where h.ticket_id = c.ticket_id)
order by r.begun_at limit :limit;

-- name: remove^
update call_recordings set state = 'removed', removed_at = now(), removed_why = :why
where id = :id and state = 'kept' returning *;

-- name: to_be_erased
select id, file from call_recordings where state = 'removed' and file is not null
order by removed_at limit :limit;

-- name: erased!
update call_recordings set file = null where id = :id and state = 'removed';

-- name: open_play!
insert into recording_plays (id, recording_id, actor, purpose)
values (:id, :recording_id, :actor, :purpose);

-- name: open_play_of^
select p.purpose, r.file, r.state, r.kind from recording_plays p
join call_recordings r on r.id = p.recording_id
where p.id = :id and p.recording_id = :recording_id and p.actor = :actor
  and p.opened_at > now() - make_interval(secs => :lifetime_s);

-- name: forget_plays!
delete from recording_plays where opened_at < now() - interval '2 days';
