-- Results with what keeps them right taken out, for the controls only.

-- name: effects
-- Each owner as often as he was in a run.
with scored as materialized (
    select e.survey_id, e.edition, q ->> 'code' as question,
        coalesce((q ->> 'is_rating')::boolean, false) as is_rating,
        case q ->> 'type' when 'nps' then 0 else 1 end as low,
        case q ->> 'type' when 'nps' then 10 when 'csat' then 5 else 7 end as high
    from survey_editions e cross join lateral jsonb_array_elements(e.questions -> 'questions') q
    where q ->> 'type' in ('nps', 'csat', 'ces')
)
select m.arm, count(*) as members,
    count(*) filter (where r.begun_at + make_interval(days => :days) <= now()) as settled,
    max(r.begun_at) + make_interval(days => :days) as final_on,
    count(*) filter (where exists (
        select from service_bookings b where b.vehicle_id = car.id and b.state in ('booked', 'came')
        and b.booked_at >= r.begun_at and b.booked_at < r.begun_at + make_interval(days => :days)
    )) as booked,
    count(*) filter (where exists (
        select from visits v where v.vehicle_id = car.id
        and v.visited_on >= (r.begun_at at time zone 'Asia/Shanghai')::date
        and v.visited_on < (r.begun_at at time zone 'Asia/Shanghai')::date + :days
    )) as came_back,
    count(how.good) as said,
    count(*) filter (where how.good >= :good) as satisfied,
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
cross join lateral (
    select avg(told.good) as good from (
        select (g.score - 1) / 4.0 as good
        from tickets t join ticket_ratings g on g.ticket_id = t.id
        where t.owner_id = m.owner_id
          and g.rated_at >= r.begun_at and g.rated_at < r.begun_at + make_interval(days => :days)
        union all
        select ((a.value ->> 'score')::integer - s.low)::numeric / (s.high - s.low)
        from survey_responses p
        join survey_answers a on a.response_id = p.id and a.counts and a.value ? 'score'
        join scored s on (s.survey_id, s.edition, s.question) = (p.survey_id, p.edition, a.question)
        -- The rating of a rescue is one of those above already.
        where p.owner_id = m.owner_id and not (s.is_rating and p.ticket_id is not null)
          and a.answered_at >= r.begun_at
          and a.answered_at < r.begun_at + make_interval(days => :days)
    ) told
) how
where r.campaign_id = :campaign_id
group by m.arm;
