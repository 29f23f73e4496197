-- name: insert_campaign^
insert into campaigns (id, name, kind, purpose, audience_id, policy, plan, priority, starts_at,
    ends_at, made_by)
values (:id, :name, :kind, :purpose, :audience_id, :policy, :plan, :priority, :starts_at,
    :ends_at, :made_by)
returning *;

-- name: get_campaign^
select * from campaigns where id = :id;

-- name: priority_of_campaign$
-- None: it has ended, and nothing more is planned.
select priority from campaigns where id = :id and state not in ('stopped', 'over');

-- name: lock_campaign^
select * from campaigns where id = :id for no key update;

-- name: share_campaign^
-- As whoever begins a touch has it: they do not wait for each other, but who moves the campaign does.
select * from campaigns where id = :id for share;

-- name: list_campaigns
select * from campaigns
where (:state::text is null or state = :state)
  and id < coalesce(:before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc limit :limit;

-- name: edit_campaign^
update campaigns set name = :name, purpose = :purpose, audience_id = :audience_id,
    policy = :policy, plan = :plan, starts_at = :starts_at, ends_at = :ends_at,
    version = version + 1
where id = :id and version = :version and state = 'draft' returning *;

-- name: move_campaign^
update campaigns set state = :state, state_reason = :reason,
    submitted_by = case :verb when 'submit' then :actor when 'send_back' then null
                   else submitted_by end,
    approved_by = case :verb when 'approve' then :actor else approved_by end,
    approved_at = case :verb when 'approve' then now() else approved_at end,
    next_run_at = case when :state = 'running' and audience_id is not null and :verb = 'approve'
                  then greatest(now(), coalesce(starts_at, now())) else next_run_at end,
    paused_at = case when :verb = 'pause' then now() else paused_at end,
    version = version + 1
where id = :id and state = any(:from_states::text[]) returning *;

-- name: campaigns_due
select id from campaigns where state = 'running' and next_run_at <= now()
order by next_run_at limit 20;

-- name: campaigns_past_end
select id from campaigns where state in ('running', 'paused') and ends_at <= now() limit 20;

-- name: running_by_fact
-- Those whose time is now.
select * from campaigns
where state = 'running' and kind = :kind and audience_id is null
  and (starts_at is null or starts_at <= now()) and (ends_at is null or ends_at > now())
order by id;

-- name: asked_after
-- Owners of tickets of this kind closed lately, the latest first, each with his last one.
with lately as materialized (
    select owner_id, vehicle_id, id, closed_at from tickets
    where kind = :kind and stage = 'closed' and not drill and owner_id is not null
      and closed_at > now() - make_interval(days => :days)
    order by closed_at desc limit 3 * :limit
), of_each as (
    select distinct on (owner_id) * from lately order by owner_id, closed_at desc
)
select owner_id, vehicle_id, id from of_each order by closed_at desc, id limit :limit;

-- name: closed_meanwhile
-- Whom no run of this campaign since then has taken in for that ticket.
select k.owner_id, k.vehicle_id, k.id from tickets k
where k.kind = :kind and k.stage = 'closed' and not k.drill and k.owner_id is not null
  and k.closed_at >= :since and k.closed_at > now() - make_interval(days => :days)
  and not exists (
      select from campaign_runs r
      join run_members m on m.run_id = r.id and m.owner_id = k.owner_id
      where r.campaign_id = :campaign_id and r.begun_at >= :since - interval '1 day'
        and m.reason ->> 'ticket_id' = k.id::text)
order by k.closed_at, k.id;

-- name: set_next_run!
-- What stood against an earlier run does so no more.
update campaigns set next_run_at = :next_run_at, state_reason = '' where id = :id;

-- name: put_run_off$
-- Not where another worker has begun it meanwhile.
update campaigns set next_run_at = now() + make_interval(secs => :secs), state_reason = :reason
where id = :id and state = 'running' and (next_run_at <= now() or ends_at <= now())
returning true;

-- name: begins_alone$
-- Until the end of the transaction no other worker begins a run of this campaign; false while one does.
select pg_try_advisory_xact_lock(hashtextextended('begins ' || :id::uuid, 0));

-- name: insert_run^
insert into campaign_runs
    (id, campaign_id, number, plan, rule, policy, policy_version, planned_past)
select :id, :campaign_id, coalesce(max(number), 0) + 1, :plan, :rule, :policy, :policy_version,
    :planned_past::uuid
from campaign_runs where campaign_id = :campaign_id
returning *;

-- name: half_begun
-- Runs whose first touches are not all made.
select r.id from campaign_runs r join campaigns c on c.id = r.campaign_id
where r.planned_past is not null
order by c.priority, r.begun_at limit 20;

-- name: lock_half_begun^
-- By whoever makes its next touches; nobody waits for him.
select * from campaign_runs where id = :id and planned_past is not null
for no key update skip locked;

-- name: keep_planned!
update campaign_runs set planned_past = :planned_past, first_touches = first_touches + :made
where id = :id;

-- name: end_beginning^
update campaign_runs set planned_past = null, first_touches = first_touches + :made
where id = :id returning *;

-- name: run_of_today^
select * from campaign_runs
where campaign_id = :campaign_id
  and (begun_at at time zone 'Asia/Shanghai')::date = (now() at time zone 'Asia/Shanghai')::date
order by number desc limit 1;

-- name: get_run^
select * from campaign_runs where id = :id;

-- name: runs_of
select * from campaign_runs where campaign_id = :campaign_id order by number desc limit :limit;

-- name: leave_out_again$
-- Who was in an earlier run of this campaign not long ago, where it is about cars for the same car,
-- is not in this one.
with gone as (
    delete from run_members m using run_members earlier
    join campaign_runs r on r.id = earlier.run_id
    where m.run_id = :run_id and earlier.owner_id = m.owner_id and earlier.run_id <> m.run_id
      and r.campaign_id = :campaign_id
      and (not :by_car::boolean or earlier.vehicle_id is not distinct from m.vehicle_id)
      and r.begun_at > now() - make_interval(days => :days)
    returning m.owner_id
)
select count(distinct owner_id) from gone;

-- name: settle_run!
update campaign_runs
set in_audience = :in_audience, left_out = :left_out, rule = :rule, by_habit = :by_habit
where id = :id;

-- name: add_member$
insert into run_members (run_id, owner_id, vehicle_id, arm, reason)
values (:run_id, :owner_id, :vehicle_id, 'treated', :reason)
on conflict (run_id, owner_id) do nothing returning true;

-- name: first_touches^
-- Of the next members of a run, in the order of their owners: how many they are, the last of them, and
-- how many have a touch now. What is said on a day of the owner's is said on that day, or not at all.
with slice as materialized (
    select owner_id, vehicle_id, arm, reason,
        greatest(:due_at::timestamptz, (reason ->> 'begins')::timestamptz) as due_at
    from run_members where run_id = :run_id and owner_id > :past
    order by owner_id limit :most
), made as (
    insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, step, channel, purpose,
        priority, bucket, due_at, expires_at)
    select gen_random_uuid(), :run_id, :campaign_id, owner_id, vehicle_id, 0, :channel, :purpose,
        :priority, (get_byte(uuid_send(owner_id), 15) & 63)::smallint, due_at,
        least(due_at + (:expires_at::timestamptz - :due_at::timestamptz),
              (reason ->> 'ends')::timestamptz)
    from slice where arm = 'treated'
    on conflict (run_id, owner_id, step, attempt) do nothing
    returning 1
)
select (select count(*) from slice) as members, (select count(*) from made) as made,
    (select owner_id from slice order by owner_id desc limit 1) as last;

-- name: add_touch^
-- But for a call that was promised, not behind the day of the owner's that it is about.
insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, ticket_id, step, attempt,
    channel, purpose, priority, bucket, due_at, expires_at, promised_to)
values (:id, :run_id, :campaign_id, :owner_id, :vehicle_id, :ticket_id, :step, :attempt,
    :channel, :purpose, :priority, (get_byte(uuid_send(:owner_id::uuid), 15) & 63)::smallint,
    :due_at,
    least(:expires_at::timestamptz, (
        select (m.reason ->> 'ends')::timestamptz from run_members m
        where m.run_id = :run_id and m.owner_id = :owner_id and :promised_to::uuid is null)),
    :promised_to)
on conflict (run_id, owner_id, step, attempt) do nothing
returning *;

-- name: withdraw_rest!
update touches set state = 'withdrawn', settled_at = now(), reason = :reason
where run_id = :run_id and owner_id = :owner_id and state = 'ready'
  -- A call that was promised is made.
  and priority > 0;

-- name: people
-- What decides over the words of these, in the order given: one row each.
select w.ord, o.id as owner_id, o.name, o.language, o.tier, o.province, o.zone, o.email,
    o.profiling_refused, v.id as vehicle_id, v.model, v.plate, v.delivered_on, d.due_p50,
    last.visited_on, last.odometer_km, s.name_zh as station_zh, s.name_en as station_en,
    t.number as ticket, phone.e164
from unnest(:owner_ids::uuid[], :vehicle_ids::uuid[], :ticket_ids::uuid[])
    with ordinality as w (owner_id, vehicle_id, ticket_id, ord)
join owners o on o.id = w.owner_id
left join vehicles v on v.id = w.vehicle_id
left join due_dates d on d.vehicle_id = v.id
left join tickets t on t.id = w.ticket_id
left join lateral (
    select visited_on, odometer_km, station_id from visits
    where vehicle_id = v.id order by visited_on desc limit 1
) last on true
left join stations s on s.id = last.station_id
left join lateral (
    select c.e164 from owner_contact_points oc join contact_points c on c.id = oc.contact_point_id
    where oc.owner_id = o.id and oc.wrong_at is null order by (c.e164 like '+861%') desc, c.e164 limit 1
) phone on true
order by w.ord;

-- name: progress
-- Why something failed are a carrier's own words, and no code.
select step, channel, state, outcome, said.why as reason, count(*) as touches
from touches
cross join lateral (
    select case when state in ('ready', 'skipped', 'expired', 'withdrawn') then reason else '' end
) said (why)
where run_id in (select id from campaign_runs where campaign_id = :campaign_id)
group by step, channel, state, outcome, said.why
order by step, channel, state, outcome, said.why;

-- name: occasions
-- The day that brought the owner into the run, if it was one.
select t.id, m.reason ->> 'occasion' as occasion
from touches t join run_members m on m.run_id = t.run_id and m.owner_id = t.owner_id
where t.id = any(:touches::uuid[]);

-- name: zone_of$
select zone from owners where id = :owner_id;

-- name: bring_forward$
-- Neither a call that was promised nor one that is tried again: they have a time of their own.
update touches set due_at = least(due_at, :due_at), expires_at = least(expires_at, :expires_at)
where run_id = :run_id and owner_id = :owner_id and step = :step and attempt = 1
  and promised_call_id is null and state = 'ready'
returning true;

-- name: put_off!
update touches t
set due_at = greatest(due_at, :due_at),
    expires_at = least(greatest(expires_at, :expires_at), (
        select (m.reason ->> 'ends')::timestamptz from run_members m
        where m.run_id = t.run_id and m.owner_id = t.owner_id))
where run_id = :run_id and owner_id = :owner_id and step = :step and attempt = 1
  and state = 'ready';

-- name: response_of_run$
-- A survey that was begun on another way of the same run goes on.
select r.id from survey_responses r join touches t on t.id = r.touch_id
where t.run_id = :run_id and t.owner_id = :owner_id and r.survey_id = :survey_id
order by r.opened_at limit 1;

-- name: zones_of_run
select distinct o.zone from run_members m join owners o on o.id = m.owner_id
where m.run_id = :run_id and m.reason ? :path::text;

-- name: keep_occasion!
-- Of two days the first in the rule is spoken of. `numbers`: of a day, as birthdays have it (the
-- moon's below zero), or month and day of a date; when that day begins and ends where he lives.
update run_members m
set reason = m.reason || jsonb_build_object('occasion', :occasion::text, 'begins', d.begins,
                                            'ends', d.ends)
from owners o, unnest(:numbers::integer[], :zones::text[], :begins::timestamptz[],
                      :ends::timestamptz[]) d (number, zone, begins, ends)
where m.run_id = :run_id and m.reason ? :path::text and not m.reason ? 'occasion'
  and o.id = m.owner_id and d.zone = o.zone
  and d.number = case jsonb_typeof(m.reason -> :path::text)
      when 'number' then (m.reason ->> :path::text)::integer
      when 'string' then to_char((m.reason ->> :path::text)::date, 'MMDD')::integer end;

-- name: members_of_run
select owner_id, vehicle_id, arm from run_members where run_id = :run_id order by owner_id;

-- name: why_of_touch^
select r.rule, m.reason, k.number as ticket
from touches t
join campaign_runs r on r.id = t.run_id
join run_members m on m.run_id = t.run_id and m.owner_id = t.owner_id
left join tickets k on k.id = t.ticket_id
where t.id = :touch_id;

-- name: number_dialled$
select number from owner_calls where touch_id = :touch_id;
