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
select r.id, r.number, r.stage, r.stage_since, a.ticket_id is not null as rings, p.lat, p.lon
from board_rescues r
join ticket_places p on p.id = r.place_id
left join (select distinct ticket_id from board_alarms) a on a.ticket_id = r.id
order by r.id;

-- name: hours^
-- Opened and ended by the hour of China's day (no summer time: a day has 24 hours), today and on
-- the seven days before. The board's rule: what is reopened has not ended.
with moments as (
    select opened_at as at, 'opened' as what from tickets
    where not drill
      and opened_at >= date_trunc('day', now(), 'Asia/Shanghai') - interval '168 hours'
    union all
    select closed_at, 'closed' from tickets
    where not drill
      and closed_at >= date_trunc('day', now(), 'Asia/Shanghai') - interval '168 hours'
), counted as (
    select extract(hour from at at time zone 'Asia/Shanghai')::integer as hour, what,
           count(*) filter (where at >= date_trunc('day', now(), 'Asia/Shanghai')) as today,
           count(*) filter (where at < date_trunc('day', now(), 'Asia/Shanghai')) as before
    from moments group by 1, 2
)
select now() as at, pg_current_snapshot()::text as snapshot,
       least(7, coalesce((now() at time zone 'Asia/Shanghai')::date
                         - (select (min(opened_at) at time zone 'Asia/Shanghai')::date
                            from tickets), 0)) as days,
       array_agg(coalesce(o.today, 0) order by hour) as opened_today,
       array_agg(coalesce(c.today, 0) order by hour) as closed_today,
       array_agg(coalesce(o.before, 0) order by hour) as opened_before,
       array_agg(coalesce(c.before, 0) order by hour) as closed_before
from generate_series(0, 23) as hour
left join (select * from counted where what = 'opened') o using (hour)
left join (select * from counted where what = 'closed') c using (hour);

-- name: hotline^
-- Callers who have waited today and wait no more. Who asked to be called back did not give up.
-- Handling is the talk with its wrap-up; of one that is being written up still, the talk.
select now() as at,
       count(*) filter (where q.state = 'answered') as answered,
       count(*) filter (where q.state = 'answered'
                          and q.left_at - q.entered_at <= :within::interval) as in_time,
       count(*) filter (where q.state = 'abandoned') as abandoned,
       extract(epoch from avg(w.until - c.answered_at))::float as handling_s
from queue_entries q
join calls c on c.id = q.call_id
left join lateral (
    select coalesce(
        (select (select min(m.since) from seat_moments m
                 where m.staff_id = b.staff_id and m.strand = 'contact' and m.what <> 'wrap_up'
                   and m.since >= b.since)
         from seat_moments b
         where b.staff_id = c.answered_by and b.strand = 'contact' and b.what = 'wrap_up'
           and b.call_id = c.id
           and b.since >= c.ended_at and b.since < c.ended_at + interval '1 minute'),
        c.ended_at) as until
    where q.state = 'answered' and c.ended_at is not null) w on true
where q.kind = 'call' and not q.drill and q.left_at is not null
  and q.entered_at >= date_trunc('day', now(), 'Asia/Shanghai');

-- name: hotline_calls
-- What one of these figures counts, the newest first.
select q.id, q.call_id, q.caller, q.group_name, q.urgency, q.state, q.entered_at, q.left_at,
       u.name as answered_by
from queue_entries q
join calls c on c.id = q.call_id
left join staff_users u on u.id = c.answered_by
where q.kind = 'call' and not q.drill and q.left_at is not null
  and q.entered_at >= date_trunc('day', now(), 'Asia/Shanghai')
  and case :outcome::text
        when 'abandoned' then q.state = 'abandoned'
        when 'in_time' then q.state = 'answered' and q.left_at - q.entered_at <= :within::interval
        else q.state = 'answered' and q.left_at - q.entered_at > :within::interval end
  and (:before_at::timestamptz is null or (q.entered_at, q.id) < (:before_at, :before_id::uuid))
order by q.entered_at desc, q.id desc
limit :limit;

-- name: expected_cars
-- Whose cars a workshop expects, expected or has seen in this time, in the order of their times.
select b.id, b.starts_at, b.wanted, b.note, b.state, b.source, b.vehicle_id, v.plate, v.model,
       b.owner_id, o.name as owner
from service_bookings b
join vehicles v on v.id = b.vehicle_id
left join owners o on o.id = b.owner_id
where b.station_id = :station_id and b.starts_at >= :since and b.starts_at < :until
order by b.starts_at, b.id
limit :limit;

-- name: takes_an_hour$
select bookings_per_hour from stations where id = :id;
