-- name: tickets_held
select id, number, kind, stage, priority, danger, stage_since, opened_at
from tickets
where assignee_id = :staff_id and stage not in ('resolved', 'closed', 'cancelled', 'merged')
order by opened_at desc, id desc
limit :limit;

-- name: alarms_held
select a.id, a.kind, a.reason, a.ticket_id, t.number, a.taken_at
from alarms a left join tickets t on t.id = a.ticket_id
where a.taken_by = :taken_by and a.cleared_at is null
order by a.taken_at, a.id
limit :limit;

-- name: tickets_of_alarms
select distinct ticket_id from alarms
where id = any(:alarm_ids::uuid[]) and ticket_id is not null;

-- name: pass_handover!
-- Whoever held it before hands it on: that handover is over.
update shift_handovers set passed_at = now()
where passed_at is null and (ticket_id = :ticket_id or alarm_id = :alarm_id);

-- name: insert_handover$
insert into shift_handovers (id, ticket_id, alarm_id, from_id, to_id, note, made_by)
values (:id, :ticket_id, :alarm_id, :from_id, :to_id, :note, :made_by)
returning id;

-- name: see_handover^
-- The first look counts; no row when it was seen, or handed on.
update shift_handovers set seen_at = now(), seen_by = :seen_by
where id = :id and seen_at is null and passed_at is null
returning ticket_id;

-- name: handovers_by_id
select h.id, h.ticket_id, t.number, t.stage, h.alarm_id, a.kind as alarm_kind, h.from_id,
       f.name as from_name, h.to_id, r.name as to_name, h.note, h.made_at, h.seen_at, h.passed_at
from shift_handovers h
left join alarms a on a.id = h.alarm_id
left join tickets t on t.id = coalesce(h.ticket_id, a.ticket_id)
join staff_users f on f.id = h.from_id
join staff_users r on r.id = h.to_id
where h.id = any(:ids::uuid[])
order by h.made_at desc, h.id desc;

-- name: handovers_received
select id from shift_handovers where to_id = :staff_id
  and (:before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id::uuid))
order by made_at desc, id desc limit :limit;

-- name: handovers_given
select id from shift_handovers where from_id = :staff_id
  and (:before_at::timestamptz is null or (made_at, id) < (:before_at, :before_id::uuid))
order by made_at desc, id desc limit :limit;
