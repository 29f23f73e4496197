-- name: board^
-- All figures by one snapshot, and which: an event counts when its transaction is visible in it.
-- The cursor is where the feed begins that brings every event which does not.
select now() as at, pg_current_snapshot()::text as snapshot,
       coalesce((select e.xid::text || '-' || e.seq from settled_events e
                 order by e.xid desc, e.seq desc limit 1), '0-0') as cursor,
       r.*, o.*, a.*, h.*,
       (select count(*) from board_opened) as opened_today,
       (select count(*) from board_closed) as closed_today
from (select count(*) filter (where stage = 'opened') as opened,
             count(*) filter (where stage = 'dispatching') as dispatching,
             count(*) filter (where stage = 'assigned') as assigned,
             count(*) filter (where stage = 'en_route') as en_route,
             count(*) filter (where stage = 'on_site') as on_site,
             count(*) filter (where stage = 'handed_over') as handed_over
      from board_rescues) r,
     (select count(*) as offers, min(expires_at) as next_deadline_at from board_offers) o,
     (select count(*) as alarms, min(since) as oldest_alarm_at from board_alarms) a,
     (select count(*) as handovers, min(made_at) as oldest_handover_at from board_handovers) h;

-- name: rescues
-- Who has waited longest in the stage comes first.
select id, number, kind, stage, stage_since, opened_at, closed_at, priority, assignee_id
from board_rescues
where stage = :stage
  and (:after_at::timestamptz is null or (stage_since, id) > (:after_at, :after_id::uuid))
order by stage_since, id
limit :limit;

-- name: opened_today
select * from board_opened
where :before_at::timestamptz is null or (opened_at, id) < (:before_at, :before_id::uuid)
order by opened_at desc, id desc
limit :limit;

-- name: closed_today
select * from board_closed
where :before_at::timestamptz is null or (closed_at, id) < (:before_at, :before_id::uuid)
order by closed_at desc, id desc
limit :limit;

-- name: offers
-- What runs out first comes first.
select * from board_offers
where :after_at::timestamptz is null or (expires_at, id) > (:after_at, :after_id::uuid)
order by expires_at, id
limit :limit;

-- name: alarms
select * from board_alarms
where :after_at::timestamptz is null or (since, id) > (:after_at, :after_id::uuid)
order by since, id
limit :limit;

-- name: handovers
select * from board_handovers
where :after_at::timestamptz is null or (made_at, id) > (:after_at, :after_id::uuid)
order by made_at, id
limit :limit;

-- name: rescues_on_the_map
select r.id, r.number, r.stage, p.lat, p.lon
from board_rescues r join ticket_places p on p.id = r.place_id
order by r.id;
