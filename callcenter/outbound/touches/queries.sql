-- name: lock_due_touches
-- Some of each bucket, the first in order, and their owners: who is being looked at by another
-- claim is passed over, and nobody waits. One touch for each owner, with what he has said: read with
-- the lock, it is what was committed last.
with due as (
    select t.id, t.owner_id, t.priority, t.due_at
    from unnest(:buckets::smallint[]) b (bucket)
    cross join lateral (
        select id, owner_id, priority, due_at from touches
        where state = 'ready' and channel = :way and bucket = b.bucket and due_at <= now()
          and (:campaigns::uuid[] is null or campaign_id = any(:campaigns))
          and (promised_to is null or promised_to = :staff_id)
        order by priority, due_at, id
        limit :each
        for update skip locked
    ) t
    order by t.priority, t.due_at, t.id
    limit :most
), reached as (
    select r.owner_id, r.granted, r.refused, r.silent from owner_reach r
    where r.owner_id in (select owner_id from due)
    order by r.owner_id
    for update skip locked
)
select distinct on (r.owner_id) due.id, r.*
from due join reached r on r.owner_id = due.owner_id
order by r.owner_id, due.priority, due.due_at, due.id;

-- name: lock_calls_of_agent
-- One call for an agent: what he has promised, or what was promised and is nobody's own any more,
-- before the head of each campaign's queue. Those he has passed on are not for him.
with his as (
    select t.id, t.owner_id, t.priority, t.due_at from touches t
    where t.state = 'ready' and t.promised_call_id is not null and t.promised_to = :staff_id
      and t.channel = 'agent_call' and t.due_at <= now()
      and (t.passed_by is null or not :staff_id = any(t.passed_by))
    order by t.due_at, t.id limit 1 for update of t skip locked
), anybodys as (
    select t.id, t.owner_id, t.priority, t.due_at from touches t
    where t.state = 'ready' and t.promised_call_id is not null and t.promised_to is null
      and t.channel = 'agent_call' and t.due_at <= now()
      and coalesce((select d.group_name from campaign_dialling d
                    where d.campaign_id = t.campaign_id), 'desk') = any(:groups::text[])
      and (:languages::text[] is null or (select o.language from owners o
           where o.id = t.owner_id) = any(:languages))
      and (t.passed_by is null or not :staff_id = any(t.passed_by))
    order by t.due_at, t.id limit 1 for update of t skip locked
), queued as (
    select t.* from unnest(:campaigns::uuid[]) c (id)
    cross join lateral (
        select t.id, t.owner_id, t.priority, t.due_at from touches t
        where t.state = 'ready' and t.channel = 'agent_call' and t.promised_call_id is null
          and t.campaign_id = c.id and t.due_at <= now()
          and (:languages::text[] is null or (select o.language from owners o
               where o.id = t.owner_id) = any(:languages))
          and (t.passed_by is null or not :staff_id = any(t.passed_by))
        order by t.due_at, t.id limit 1 for update of t skip locked
    ) t
), due as (
    select * from his union all select * from anybodys union all select * from queued
), reached as (
    select r.owner_id, r.granted, r.refused, r.silent from owner_reach r
    where r.owner_id in (select owner_id from due)
    order by r.owner_id
    for update skip locked
)
select due.id, r.* from due join reached r on r.owner_id = due.owner_id
order by due.priority, due.due_at, due.id limit 1;

-- name: lock_expired_calls
-- Calls whose time is over, and that nobody has asked for: no agent, no switch with a voice, or none
-- any more, since their campaign has ended.
with due as (
    select id, owner_id, expires_at from touches
    where state = 'ready' and channel in ('agent_call', 'automated_call') and expires_at <= now()
    order by expires_at limit :most for update skip locked
), reached as (
    select r.owner_id, r.granted, r.refused, r.silent from owner_reach r
    where r.owner_id in (select owner_id from due)
    order by r.owner_id
    for update skip locked
)
select distinct on (r.owner_id) due.id, r.*
from due join reached r on r.owner_id = due.owner_id
order by r.owner_id, due.expires_at, due.id;

-- name: asked_since_his_no
-- Of promised calls those whose owner has said no, if ever, before he asked to be called.
select t.id from touches t join promised_calls p on p.id = t.promised_call_id
where t.id = any(:ids::uuid[]) and p.promised_at > coalesce((
    select max(c.said_at) from consents c
    where c.owner_id = t.owner_id and c.channel = 'call' and not c.granted
      and (c.purpose is null or c.purpose = t.purpose)), '-infinity');

-- name: pass_touch_on!
-- Claimed by an agent who cannot do it: it is due again, for others.
update touches set passed_by = array_append(coalesce(passed_by, '{}'), :staff_id::uuid)
where id = :id;

-- name: lock_owner_of_touch^
-- Whoever decides about him waits here; so does who pauses or stops the campaign. What he has said is
-- read with the lock, as it is then.
select t.id, r.owner_id, r.granted, r.refused, r.silent from touches t
join owner_reach r on r.owner_id = t.owner_id
join campaigns c on c.id = t.campaign_id
where t.id = :id
for update of r for share of c;

-- name: touches_as_they_stand
-- Asked behind the locks, in a statement of its own: only so it sees what those who held them
-- before have committed.
select t.id, t.run_id, t.campaign_id, t.owner_id, t.vehicle_id, t.ticket_id, t.step, t.attempt,
    t.channel, t.purpose, t.variant, t.priority, t.state, t.due_at, t.expires_at, t.reason,
    t.outcome, t.promised_to, t.promised_call_id, c.state as campaign_state, c.policy, o.zone,
    o.profiling_refused and (select r.by_habit from campaign_runs r where r.id = t.run_id)
        as against_habits,
    said.ats, said.purposes, said.ways, said.outcomes,
    held.ids as ticket_ids, held.kinds as ticket_kinds, held.stages as ticket_stages,
    clock_timestamp() as at
from unnest(:ids::uuid[]) wanted (id)
join touches t on t.id = wanted.id
join campaigns c on c.id = t.campaign_id
join owners o on o.id = t.owner_id
left join lateral (
    select array_agg(l.at) as ats, array_agg(l.purpose) as purposes, array_agg(l.channel) as ways,
        array_agg(l.outcome) as outcomes
    from contact_ledger l
    where l.owner_id = t.owner_id and l.at > now() - :window::interval and l.state <> 'void'
      and l.touch_id is distinct from t.id
    having count(*) > 0
) said on true
left join lateral (
    select array_agg(k.id) as ids, array_agg(k.kind) as kinds, array_agg(k.stage) as stages
    from tickets k
    where k.owner_id = t.owner_id and not k.drill
      and k.stage not in ('closed', 'cancelled', 'merged')
    having count(*) > 0
) held on true;

-- name: claim_touches!
-- Those that may be now; a contact is reserved with each. They are locked, and ready since: to ask
-- for that again would lead the planner through all that are.
with moved as (
    update touches t
    set state = 'claimed', reason = '', claimed_by = :by::text, claimed_at = :at::timestamptz
    from unnest(:ids::uuid[], :ledger_ids::uuid[]) j (id, ledger_id)
    where t.id = j.id
    returning t.id, t.owner_id, t.vehicle_id, t.campaign_id, t.channel, t.purpose, j.ledger_id
)
insert into contact_ledger as l
    (id, owner_id, vehicle_id, campaign_id, touch_id, channel, purpose, at, state)
select ledger_id, owner_id, vehicle_id, campaign_id, id, channel, purpose, :at, 'reserved'
from moved
on conflict (touch_id) do update set at = excluded.at, state = 'reserved';

-- name: put_touches_off!
-- Those that wait, or are not to be; locked, too.
update touches t
set state = j.state, reason = j.reason, due_at = coalesce(j.due_at, t.due_at),
    settled_at = case when j.state <> 'ready' then :at::timestamptz end
from unnest(:ids::uuid[], :states::text[], :reasons::text[], :due_ats::timestamptz[])
    j (id, state, reason, due_at)
where t.id = j.id;

-- name: begin_touch^
-- By him who claimed it, and nobody who came late. It began when it was judged that it may.
update touches
set state = 'sending', sending_at = :at, call_id = coalesce(:call_id::uuid, call_id)
where id = :id and state = 'claimed'
  and (claimed_by = :by::text or message_id = :message_id::uuid)
returning *;

-- name: give_touch_back^
-- Surely not sent: it waits again, or is not to be any more. `ready_too`: though it was given back
-- before. None: it is neither, and nothing changes.
update touches
set state = :state, reason = :reason, due_at = coalesce(:due_at::timestamptz, due_at),
    claimed_by = null, claimed_at = null, sending_at = null, message_id = null,
    settled_at = case when :state <> 'ready' then clock_timestamp() end
where id = :id and (state in ('claimed', 'sending') or (state = 'ready' and :ready_too::boolean))
returning *;

-- name: settle_touch^
update touches
set state = :state, reason = :reason, settled_at = clock_timestamp()
where id = :id
  and (state = 'sending' or (state = 'unknown' and :state <> 'unknown')
       or (state = 'failed' and :state = 'sent'))
returning *;

-- name: keep_outcome^
-- Forward only: nothing takes the place of what says more.
update touches set outcome = :outcome, outcome_at = clock_timestamp()
where id = :id and (outcome is null or outcome = any(:over::text[]))
returning *;

-- name: keep_messages!
update touches t set message_id = m.message_id, variant = m.variant
from unnest(:ids::uuid[], :message_ids::uuid[], :variants::text[]) m (id, message_id, variant)
where t.id = m.id;

-- name: touch_of_message^
select * from touches where message_id = :message_id;

-- name: touch_by_id^
select * from touches where id = :id;

-- name: add_touches!
-- Once for each step and try, whoever else plans the same.
insert into touches (id, run_id, campaign_id, owner_id, vehicle_id, ticket_id, step, attempt,
    channel, purpose, variant, priority, bucket, due_at, expires_at, promised_to,
    promised_call_id)
select id, :run_id, :campaign_id, owner_id, vehicle_id, ticket_id, step, attempt, channel, purpose,
    variant, priority, bucket, due_at, expires_at, promised_to, promised_call_id
from unnest(:ids::uuid[], :owner_ids::uuid[], :vehicle_ids::uuid[], :ticket_ids::uuid[],
    :steps::smallint[], :attempts::smallint[], :channels::text[], :purposes::text[],
    :variants::text[], :priorities::smallint[], :buckets::smallint[], :due_ats::timestamptz[],
    :expires_ats::timestamptz[], :promised::uuid[], :promised_calls::uuid[])
    t (id, owner_id, vehicle_id, ticket_id, step, attempt, channel, purpose, variant, priority,
       bucket, due_at, expires_at, promised_to, promised_call_id)
on conflict (run_id, owner_id, step, attempt) do nothing;

-- name: wake_touches$
-- A campaign goes on: those that waited for it only are looked at at once.
with woken as (
    update touches set due_at = now(), reason = ''
    where id in (select id from touches
                 where campaign_id = :campaign_id and state = 'ready' and reason = 'paused'
                 limit :most for update skip locked)
    returning 1
)
select count(*) from woken;

-- name: withdraw_touches$
with gone as (
    update touches set state = 'withdrawn', reason = :reason, settled_at = now()
    where id in (select id from touches where campaign_id = :campaign_id and state = 'ready'
                   and (promised_call_id is null or :promised_too)
                 limit :most for update skip locked)
    returning 1
)
select count(*) from gone;

-- name: lapsed_touches
-- Claimed or begun so long ago that who did it is dead; a talk may last. Those with a message follow
-- the message.
select id, state from touches
where state in ('claimed', 'sending') and message_id is null
  and claimed_at < now() - make_interval(secs => :lease_s)
  and (sending_at is null or sending_at < now() - make_interval(secs => :talk_s))
order by claimed_at limit :most for update skip locked;

-- name: void_contacts!
-- Surely nothing was said.
update contact_ledger set state = 'void'
where touch_id = any(:touch_ids::uuid[]) and state in ('reserved', 'unknown');

-- name: say_contact!
-- What was reserved has been said, or may have been; with what made him one of its audience.
update contact_ledger l
set state = :state, at = clock_timestamp(), words = :words, staff_id = :staff_id::uuid,
    reason = coalesce((select m.reason from touches t join run_members m
                       on m.run_id = t.run_id and m.owner_id = t.owner_id
                       where t.id = l.touch_id), l.reason)
where touch_id = :touch_id and not (state = 'said' and :state = 'unknown');

-- name: contact_outcome!
update contact_ledger
set outcome = coalesce(:outcome::text, outcome), promised = coalesce(:promised::text, promised),
    survey_response_id = coalesce(:survey_response_id::uuid, survey_response_id)
where touch_id = :touch_id;

-- name: messages_under_way$
-- How many of our messages wait in the outbox; counted no further than asked.
select count(*) from (
    select from touches
    where state in ('claimed', 'sending') and message_id is not null and channel = :way
    limit :most
) waiting;

-- name: touch_is_tried_again!
-- Its message was surely not sent and waits in the outbox.
update touches set state = 'claimed', sending_at = null
where message_id = :message_id and state = 'sending';

-- name: last_text_to^
-- What he answers to.
select t.id from contact_ledger l join touches t on t.id = l.touch_id
where l.owner_id = :owner_id and l.channel = 'text' and l.at > now() - interval '30 days'
  and t.state in ('sending', 'sent', 'unknown')
order by l.at desc limit 1;

-- name: touch_invites^
-- Whose link it is, and what the campaign is about; nobody's when the car is not his any more, but what
-- follows a ticket stays his.
select t.id, t.owner_id, t.vehicle_id, c.kind from touches t
join campaigns c on c.id = t.campaign_id
where t.id = :id and (t.ticket_id is not null or exists (
    select from owner_vehicles ov
    where ov.owner_id = t.owner_id and ov.vehicle_id = t.vehicle_id));

-- name: waiting_about_cars
-- What is to be said about these cars.
select id from touches
where vehicle_id = any(:vehicle_ids::uuid[]) and state = 'ready' order by vehicle_id;

-- name: needless_of
-- Touches about a car of which there is nothing more to say, and why. What a ticket was about is
-- asked all the same, and what was promised is done, but not about another's car.
select id, reason from (
    select t.id, t.promised_call_id is not null as is_promised, case
        when not exists (select from owner_vehicles ov
                         where ov.owner_id = t.owner_id and ov.vehicle_id = t.vehicle_id)
            then 'car_not_his'
        when v.gone_on is not null then 'car_gone'
        when r.plan ->> 'goal' is distinct from 'booked' then null
        when exists (select from service_bookings b
                     where b.vehicle_id = t.vehicle_id and b.state in ('booked', 'came')
                       and (b.state = 'booked' or b.booked_at >= r.begun_at)
                       and :done_by::jsonb -> c.kind ? b.wanted)
            then 'booked'
        when exists (select from visits s
                     where s.vehicle_id = t.vehicle_id and :done_by::jsonb -> c.kind ? s.kind
                       and s.visited_on >= (r.begun_at at time zone 'Asia/Shanghai')::date
                                           - :lately_days::integer)
            then 'came'
        end as reason
    from touches t
    join vehicles v on v.id = t.vehicle_id
    join campaign_runs r on r.id = t.run_id
    join campaigns c on c.id = t.campaign_id
    where t.id = any(:ids::uuid[]) and t.ticket_id is null
) judged
where reason = 'car_not_his' or (reason is not null and not is_promised);

-- name: run_over_for$
-- What of a run says that nothing else of it is said to this owner: that he has done what it is for, or
-- wants no more of it, that his text was to be the last, or that an agent has decided so.
select case when t.state = 'skipped' and t.reason = any(:dropped::text[]) then t.reason
            else t.outcome end
from touches t
join campaign_runs r on r.id = t.run_id
where t.run_id = :run_id and t.owner_id = :owner_id
  and (t.outcome = any(:ends_all::text[]) or t.outcome = r.plan ->> 'goal'
       or (t.channel in ('text', 'email')
           and r.plan #>> array['steps', t.step::text, 'rules', t.outcome, 'then'] = 'end')
       or (t.state = 'skipped' and t.reason = any(:dropped::text[])))
order by t.step, t.attempt limit 1;

-- name: withdraw_needless!
-- In one order, like all who lock several of them.
with locked as (
    select id from touches where id = any(:ids::uuid[]) and state = 'ready' order by id for update
)
update touches t set state = 'withdrawn', reason = j.reason, settled_at = now()
from unnest(:ids::uuid[], :reasons::text[]) j (id, reason)
where t.id = j.id and t.id in (select id from locked);

-- name: lock_due_calls
-- As lock_due_touches, campaign by campaign: of those that are paused nothing is read, and of those
-- that run only what is due. None but the first is locked: who claims beside finds the next.
with found as (
    select t.id, t.priority, t.due_at
    from campaigns c
    cross join lateral (values (0::smallint), (c.priority)) p (priority)
    cross join lateral (
        select id, priority, due_at from touches
        where campaign_id = c.id and channel = :way and priority = p.priority and state = 'ready'
          and due_at <= now() and (promised_to is null or promised_to = :staff_id)
        order by due_at, id
        limit :most + 50
    ) t
    where c.state = 'running' and (:campaigns::uuid[] is null or c.id = any(:campaigns))
    order by t.priority, t.due_at, t.id
    limit :most + 50
), due as (
    select id, owner_id, priority, due_at from touches
    where id in (select id from found) and state = 'ready' and due_at <= now()
    order by priority, due_at, id
    limit :most
    for update skip locked
), reached as (
    select r.owner_id, r.granted, r.refused, r.silent from owner_reach r
    where r.owner_id in (select owner_id from due)
    order by r.owner_id
    for update skip locked
)
select distinct on (r.owner_id) due.id, r.*
from due join reached r on r.owner_id = due.owner_id
order by r.owner_id, due.priority, due.due_at, due.id;
