-- name: effects
-- Members by arm, and with how many of them each thing has happened within so many days of their run's
-- beginning: by the arm they were drawn into, whatever became of their touches.
select m.arm, count(*) as members,
    count(*) filter (where r.begun_at + make_interval(days => :days) <= now()) as settled,
    count(*) filter (where exists (
        select from service_bookings b where b.vehicle_id = car.id
        and b.booked_at >= r.begun_at and b.booked_at < r.begun_at + make_interval(days => :days)
    )) as booked,
    count(*) filter (where exists (
        select from visits v where v.vehicle_id = car.id
        and v.visited_on >= (r.begun_at at time zone 'Asia/Shanghai')::date
        and v.visited_on < (r.begun_at at time zone 'Asia/Shanghai')::date + :days
    )) as came_back,
    count(*) filter (where exists (
        select from tickets t join ticket_ratings g on g.ticket_id = t.id
        where t.owner_id = m.owner_id and g.score >= 4
        and g.rated_at >= r.begun_at and g.rated_at < r.begun_at + make_interval(days => :days)
    )) as satisfied,
    count(*) filter (where exists (
        select from tickets t where t.owner_id = m.owner_id and t.kind = 'complaint' and not t.drill
        and t.opened_at >= r.begun_at and t.opened_at < r.begun_at + make_interval(days => :days)
    )) as complained
from campaign_runs r join run_members m on m.run_id = r.id
-- Without a car of its own, the one its owner came to last.
left join lateral (
    select coalesce(m.vehicle_id, (
        select ov.vehicle_id from owner_vehicles ov where ov.owner_id = m.owner_id
        order by ov.vehicle_id desc limit 1)) as id
) car on true
where r.campaign_id = :campaign_id
group by m.arm;

-- name: marks
-- What the arms were like before: tier, age of the car in years, visits in the year before.
select m.arm, count(*) as members,
    avg(o.tier)::float8 as tier_mean, coalesce(var_samp(o.tier), 0)::float8 as tier_variance,
    coalesce(avg(age.years), 0)::float8 as age_mean,
    coalesce(var_samp(age.years), 0)::float8 as age_variance,
    avg(before.visits)::float8 as visits_mean,
    coalesce(var_samp(before.visits), 0)::float8 as visits_variance
from campaign_runs r join run_members m on m.run_id = r.id
join owners o on o.id = m.owner_id
left join vehicles v on v.id = m.vehicle_id
cross join lateral (
    select (r.begun_at::date - v.delivered_on) / 365.25 as years
) age
cross join lateral (
    select count(*) as visits from visits b where b.vehicle_id = m.vehicle_id
    and b.visited_on < r.begun_at::date and b.visited_on >= r.begun_at::date - 365
) before
where r.campaign_id = :campaign_id
group by m.arm;

-- name: said
-- What has cost something: touches that went out, or may have, by way.
select channel, count(*) as touches from touches
where run_id in (select id from campaign_runs where campaign_id = :campaign_id)
  and state in ('sent', 'unknown')
group by channel;
