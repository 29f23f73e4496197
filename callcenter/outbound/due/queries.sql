-- name: plans^
select version, plans, made_by, made_at from service_plans order by version desc limit 1;

-- name: learnt$
-- What the last rescoring of all learnt from the fleet.
select fleet from due_rescorings where fleet is not null order by day desc limit 1;

-- name: begin_rescoring^
-- Once a day; one that has kept no page for ten minutes has died, `again` is by a
-- person's wish.
insert into due_rescorings (day) values (:day)
on conflict (day) do update set begun_at = now(), ended_at = null
where :again or (due_rescorings.ended_at is null
    and due_rescorings.begun_at < now() - interval '10 minutes')
returning day;

-- name: keep_learnt!
update due_rescorings set fleet = :fleet where day = :day;

-- name: still_rescoring!
update due_rescorings set begun_at = now() where day = :day;

-- name: end_rescoring!
update due_rescorings set ended_at = now(), cars = :cars where day = :day;

-- name: count_cars$
select count(*) from vehicles where gone_on is null;

-- name: cars
-- Cars from one id to another in the order of their ids, `part` of 256 by their last byte, the same
-- each time. A car is where the owner lives who came to it last. `visits`: those up to today, eight
-- bytes each: the day since 2000-01-01 in the upper four, in the lower four (kilometres + 1, 0: not
-- written) * 4 + kind (0 first service, 1 maintenance, 2 other). As rows they would cost more to read
-- than to score; joined for all these cars, the planner reads every visit there is for each page.
select v.id, v.model, v.energy, v.delivered_on, v.gone_on, coalesce(home.province, '') as province,
    seen.visits
from vehicles v
left join lateral (
    select o.province from owner_vehicles ov join owners o on o.id = ov.owner_id
    where ov.vehicle_id = v.id order by ov.owner_id desc limit 1
) home on true
cross join lateral (
    select string_agg(int8send(((s.visited_on - date '2000-01-01')::bigint << 32)
        | ((coalesce(s.odometer_km, -1) + 1) * 4
           + case s.kind when 'first_service' then 0 when 'maintenance' then 1 else 2 end)::bigint),
        ''::bytea) as visits
    from visits s where s.vehicle_id = v.id and s.visited_on <= :today
) seen
where v.id >= :since and v.id <= :until and (:gone_too or v.gone_on is null)
    and get_byte(uuid_send(v.id), 15) < :part
order by v.id limit :limit;

-- name: wait_for_car$
-- Two who score one car: the later one reads when the other has written.
select pg_advisory_xact_lock(hashtextextended('due_dates:' || (:id::uuid)::text, 0));

-- name: keep_due!
-- What says nearly the same as before is not written anew: each row that is costs an audience its
-- own. Nor, by night, is one that was scored after these cars were read: a visit has come in meanwhile.
insert into due_dates (vehicle_id, next_service, visits, last_visit_on, last_km, km_per_day,
    due_p10, due_p50, due_p90, still_ours, because)
select new.id, new.next_service, new.visits, new.last_visit_on, new.last_km, new.km_per_day,
    new.p10, new.p50, new.p90, new.still_ours, new.because
from (
    select id, case when first then 'first_service' else 'maintenance' end as next_service, visits,
        date '2000-01-01' + last_day as last_visit_on, last_km, km_per_day,
        date '2000-01-01' + p10 as p10, date '2000-01-01' + p50 as p50,
        date '2000-01-01' + p90 as p90, still_ours,
        case when by_distance then 'distance' else 'time' end as because
    from unnest(:ids::uuid[], :first::boolean[], :visits::integer[], :last_day::integer[],
        :last_km::integer[], :km_per_day::real[], :p10::integer[], :p50::integer[],
        :p90::integer[], :still_ours::real[], :by_distance::boolean[])
        as told (id, first, visits, last_day, last_km, km_per_day, p10, p50, p90, still_ours,
                 by_distance)
) new
left join due_dates old on old.vehicle_id = new.id
where old.vehicle_id is null or (old.scored_at <= coalesce(:read_at::timestamptz, old.scored_at) and (
    (old.next_service, old.visits, old.last_visit_on, old.last_km, old.because)
        is distinct from
    (new.next_service, new.visits, new.last_visit_on, new.last_km, new.because)
    or abs(old.due_p10 - new.p10) > :days or abs(old.due_p50 - new.p50) > :days
    or abs(old.due_p90 - new.p90) > :days
    or abs(old.still_ours - new.still_ours) > :still_ours_by))
on conflict (vehicle_id) do update set next_service = excluded.next_service,
    visits = excluded.visits, last_visit_on = excluded.last_visit_on, last_km = excluded.last_km,
    km_per_day = excluded.km_per_day, due_p10 = excluded.due_p10, due_p50 = excluded.due_p50,
    due_p90 = excluded.due_p90, still_ours = excluded.still_ours, because = excluded.because,
    scored_at = excluded.scored_at
where due_dates.scored_at <= coalesce(:read_at::timestamptz, due_dates.scored_at);

-- name: forget_due!
delete from due_dates where vehicle_id = any(:ids::uuid[])
    and scored_at <= coalesce(:read_at::timestamptz, scored_at);

-- name: forget_gone!
delete from due_dates d using vehicles v where v.id = d.vehicle_id and v.gone_on is not null;

-- name: due_of^
select d.*, v.delivered_on, v.model, v.energy,
    (select min(b.starts_at) from service_bookings b
     where b.vehicle_id = d.vehicle_id and b.state = 'booked'
       and b.wanted in ('first_service', 'maintenance')) as booked_for
from due_dates d join vehicles v on v.id = d.vehicle_id
where d.vehicle_id = :vehicle_id;

-- name: due_weeks
-- Cars that are due in these weeks, by week and region, booked ones apart; `since`: a Monday.
with near as (
    select d.vehicle_id, d.still_ours, (d.due_p50 - :since::date) / 7 as week
    from due_dates d where d.due_p50 >= :since::date and d.due_p50 < :until::date
)
select n.week, coalesce(home.province, '') as region, count(*) as due,
    count(*) filter (where booked.is_there) as booked,
    sum(n.still_ours) as expected
from near n
left join lateral (
    select o.province from owner_vehicles ov join owners o on o.id = ov.owner_id
    where ov.vehicle_id = n.vehicle_id order by ov.owner_id desc limit 1
) home on true
left join lateral (
    select true as is_there from service_bookings b
    where b.vehicle_id = n.vehicle_id and b.state = 'booked'
      and b.wanted in ('first_service', 'maintenance') limit 1
) booked on true
group by 1, 2 order by 1, 2;

-- name: due_cars
-- The cars behind a bar, in the order of their days.
select d.vehicle_id, d.next_service, d.due_p10, d.due_p50, d.due_p90, d.still_ours, d.because,
    d.km_per_day, v.plate, v.model, coalesce(home.province, '') as region, home.owner_id,
    (select min(b.starts_at) from service_bookings b
     where b.vehicle_id = d.vehicle_id and b.state = 'booked'
       and b.wanted in ('first_service', 'maintenance')) as booked_for
from due_dates d join vehicles v on v.id = d.vehicle_id
left join lateral (
    select o.id as owner_id, o.province from owner_vehicles ov join owners o on o.id = ov.owner_id
    where ov.vehicle_id = d.vehicle_id order by ov.owner_id desc limit 1
) home on true
where d.due_p50 >= :since::date and d.due_p50 < :until::date
  and (:region::text is null or coalesce(home.province, '') = :region)
  and (d.due_p50, d.vehicle_id) > (coalesce(:after_day::date, '-infinity'),
      coalesce(:after_id::uuid, '00000000-0000-0000-0000-000000000000'))
order by d.due_p50, d.vehicle_id limit :limit;
