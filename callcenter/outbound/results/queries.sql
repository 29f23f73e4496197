-- name: effects
-- Owners by arm, and with how many of them each thing has happened within so many days of the beginning
-- of their first run of this campaign: by the arm they were drawn into, whatever became of their touches.
-- Later runs choose by what the first has done: whom it brought in is in none of them, who was held out
-- is in each until he comes by himself. What was booked and given up, or missed, is no booking. `said`:
-- who has said within these days how it was, by stars or in a survey. `by_car`: a campaign about cars
-- looks at the car of the run, others at all that are the owner's. A run whose first
-- touches are not all made yet is in none of these figures.
with scored as materialized (
    select e.survey_id, e.edition, q ->> 'code' as question,
        coalesce((q ->> 'is_rating')::boolean, false) as is_rating,
        case q ->> 'type' when 'nps' then 0 else 1 end as low,
        case q ->> 'type' when 'nps' then 10 when 'csat' then 5 else 7 end as high
    from survey_editions e cross join lateral jsonb_array_elements(e.questions -> 'questions') q
    where q ->> 'type' in ('nps', 'csat', 'ces')
), first_run as materialized (
    select distinct on (m.owner_id) m.owner_id, m.vehicle_id, m.arm, r.begun_at
    from campaign_runs r join run_members m on m.run_id = r.id
    where r.campaign_id = :campaign_id and r.planned_past is null
    order by m.owner_id, r.number
)
select m.arm, count(*) as members,
    count(*) filter (where m.begun_at + make_interval(days => :days) <= now()) as settled,
    max(m.begun_at) + make_interval(days => :days) as final_on,
    count(*) filter (where exists (
        select from service_bookings b
        where b.vehicle_id = any(car.ids) and b.state in ('booked', 'came')
        and b.booked_at >= m.begun_at and b.booked_at < m.begun_at + make_interval(days => :days)
    )) as booked,
    count(*) filter (where exists (
        select from visits v where v.vehicle_id = any(car.ids)
        and v.visited_on >= (m.begun_at at time zone 'Asia/Shanghai')::date
        and v.visited_on < (m.begun_at at time zone 'Asia/Shanghai')::date + :days
    )) as came_back,
    count(how.good) as said,
    count(*) filter (where how.good >= :good) as satisfied,
    count(*) filter (where exists (
        select from tickets t where t.owner_id = m.owner_id and t.kind = 'complaint' and not t.drill
        and t.opened_at >= m.begun_at and t.opened_at < m.begun_at + make_interval(days => :days)
    )) as complained
from first_run m
cross join lateral (
    select array(
        select m.vehicle_id where m.vehicle_id is not null
        union all
        select ov.vehicle_id from owner_vehicles ov
        where ov.owner_id = m.owner_id and (m.vehicle_id is null or not :by_car::boolean)) as ids
) car
cross join lateral (
    select avg(told.good) as good from (
        select (g.score - 1) / 4.0 as good
        from tickets t join ticket_ratings g on g.ticket_id = t.id
        where t.owner_id = m.owner_id
          and g.rated_at >= m.begun_at and g.rated_at < m.begun_at + make_interval(days => :days)
        union all
        select ((a.value ->> 'score')::integer - s.low)::numeric / (s.high - s.low)
        from survey_responses p
        join survey_answers a on a.response_id = p.id and a.counts and a.value ? 'score'
        join scored s on (s.survey_id, s.edition, s.question) = (p.survey_id, p.edition, a.question)
        -- The rating of a rescue is one of those above already.
        left join ticket_ratings same on same.ticket_id = p.ticket_id and s.is_rating
        where p.owner_id = m.owner_id and same.ticket_id is null
          and a.answered_at >= m.begun_at
          and a.answered_at < m.begun_at + make_interval(days => :days)
    ) told
) how
group by m.arm;

-- name: effects_of_all
-- All owners by the lot that holds some of them out of every campaign, and with how many of them each
-- thing has happened since. Everybody is read once; nothing is looked up owner by owner.
with drawn as materialized (
    select id, (uuid_hash_extended(id, :salt::bigint) & 1048575) < :lots::bigint as is_held_out
    from owners
), booked as (
    select distinct ov.owner_id as id
    from service_bookings b join owner_vehicles ov on ov.vehicle_id = b.vehicle_id
    where b.booked_at >= :since and b.state in ('booked', 'came')
), came_back as (
    select distinct ov.owner_id as id
    from visits v join owner_vehicles ov on ov.vehicle_id = v.vehicle_id
    where v.visited_on >= (:since at time zone 'Asia/Shanghai')::date
), complained as (
    select distinct t.owner_id as id from tickets t
    where t.kind = 'complaint' and not t.drill and t.opened_at >= :since
), scored as materialized (
    select e.survey_id, e.edition, q ->> 'code' as question,
        coalesce((q ->> 'is_rating')::boolean, false) as is_rating,
        case q ->> 'type' when 'nps' then 0 else 1 end as low,
        case q ->> 'type' when 'nps' then 10 when 'csat' then 5 else 7 end as high
    from survey_editions e cross join lateral jsonb_array_elements(e.questions -> 'questions') q
    where q ->> 'type' in ('nps', 'csat', 'ces')
), told as (
    select t.owner_id as id, (g.score - 1) / 4.0 as good
    from ticket_ratings g join tickets t on t.id = g.ticket_id
    where g.rated_at >= :since
    union all
    select p.owner_id, ((a.value ->> 'score')::integer - s.low)::numeric / (s.high - s.low)
    from survey_answers a join survey_responses p on p.id = a.response_id
    join scored s on (s.survey_id, s.edition, s.question) = (p.survey_id, p.edition, a.question)
    -- The rating of a rescue is one of those above already.
    left join ticket_ratings same on same.ticket_id = p.ticket_id and s.is_rating
    where a.answered_at >= :since and a.counts and a.value ? 'score' and same.ticket_id is null
), how as (
    select id, avg(good) as good from told group by id
)
select d.is_held_out, count(*) as members, count(booked.id) as booked,
    count(came_back.id) as came_back, count(complained.id) as complained, count(how.id) as said,
    count(*) filter (where how.good >= :good) as satisfied
from drawn d
left join booked on booked.id = d.id
left join came_back on came_back.id = d.id
left join complained on complained.id = d.id
left join how on how.id = d.id
group by d.is_held_out;

-- name: first_run_since$
-- None: no campaign that holds anybody out has begun since.
select min(r.begun_at) from campaign_runs r join campaigns c on c.id = r.campaign_id
where r.begun_at >= :since and c.purpose <> 'safety' and c.kind <> all(:never::text[]);

-- name: said_by_all^
-- What all campaigns but those that hold nobody out have said since, each way at what its plan says that
-- it costs.
select coalesce(sum(told.touches * coalesce((r.plan -> 'costs' ->> told.channel)::numeric, 0)), 0)
    as cost, count(distinct c.id) as campaigns
from (
    select t.run_id, t.channel, count(*) as touches
    from campaign_runs r join touches t on t.run_id = r.id
    where r.begun_at >= :since and t.state in ('sent', 'unknown')
    group by t.run_id, t.channel
) told
join campaign_runs r on r.id = told.run_id
join campaigns c on c.id = r.campaign_id
where c.purpose <> 'safety' and c.kind <> all(:never::text[]);

-- name: marks
-- What the arms were like before their first run: tier, age of the car in years, visits in the year before.
with first_run as materialized (
    select distinct on (m.owner_id) m.owner_id, m.vehicle_id, m.arm, r.begun_at
    from campaign_runs r join run_members m on m.run_id = r.id
    where r.campaign_id = :campaign_id and r.planned_past is null
    order by m.owner_id, r.number
)
select m.arm, count(*) as members,
    avg(o.tier)::float8 as tier_mean, coalesce(var_samp(o.tier), 0)::float8 as tier_variance,
    coalesce(avg(age.years), 0)::float8 as age_mean,
    coalesce(var_samp(age.years), 0)::float8 as age_variance,
    avg(before.visits)::float8 as visits_mean,
    coalesce(var_samp(before.visits), 0)::float8 as visits_variance
from first_run m
join owners o on o.id = m.owner_id
left join vehicles v on v.id = m.vehicle_id
cross join lateral (
    select (m.begun_at::date - v.delivered_on) / 365.25 as years
) age
cross join lateral (
    select count(*) as visits from visits b where b.vehicle_id = m.vehicle_id
    and b.visited_on < m.begun_at::date and b.visited_on >= m.begun_at::date - 365
) before
group by m.arm;

-- name: said
-- What has cost something: touches that went out, or may have, by way. `counted`: those that can have
-- had a part in the effects, of runs that began within so many days of the owner's first one, about the
-- same car where the campaign is about cars.
with first_run as materialized (
    select distinct on (m.owner_id) m.owner_id, m.vehicle_id, m.arm, r.begun_at
    from campaign_runs r join run_members m on m.run_id = r.id
    where r.campaign_id = :campaign_id and r.planned_past is null
    order by m.owner_id, r.number
)
select t.channel, count(*) as touches,
    count(*) filter (
        where r.begun_at < m.begun_at + make_interval(days => :days)
        and (not :by_car::boolean or coalesce(t.vehicle_id = m.vehicle_id, true))
    ) as counted
from campaign_runs r join touches t on t.run_id = r.id
left join first_run m on m.owner_id = t.owner_id
where r.campaign_id = :campaign_id and r.planned_past is null
  and t.state in ('sent', 'unknown')
group by t.channel;
