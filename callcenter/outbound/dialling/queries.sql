-- name: take_owner_call^
-- None: it was begun before.
insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words, language, staff_id,
                         state)
values (:id, :touch_id, :campaign_id, :owner_id, :mode, :number, :words, :language, :staff_id, 'taken')
on conflict (touch_id) do update
    -- Given back, or claimed anew while an agent only looked: the same row from its beginning.
    set mode = excluded.mode, number = excluded.number, words = excluded.words,
        language = excluded.language, staff_id = excluded.staff_id, state = 'taken', call_id = null,
        outcome = null, note = '', taken_at = now(), dialled_at = null, answered_at = null,
        connected_at = null, ended_at = null
    where owner_calls.outcome is null and owner_calls.state in ('taken', 'ended')
returning *;

-- name: get_owner_call^
select * from owner_calls where id = :id;

-- name: lock_owner_call^
select * from owner_calls where id = :id for update;

-- name: lock_owner_call_of_call^
select * from owner_calls where call_id = :call_id for update;

-- name: open_owner_call_of_agent^
select * from owner_calls where staff_id = :staff_id and mode = 'preview' and state <> 'ended';

-- name: owner_call_dialling^
update owner_calls set state = 'dialling', call_id = :call_id, dialled_at = now()
where id = :id and state = 'taken' returning *;

-- name: owner_call_answered^
update owner_calls set state = 'answered', answered_at = now()
where id = :id and state = 'dialling' returning *;

-- name: owner_call_connected^
update owner_calls set state = 'connected', staff_id = :staff_id, connected_at = now(),
                       answered_at = coalesce(answered_at, now())
where id = :id and state in ('dialling', 'answered') returning *;

-- name: end_owner_call^
update owner_calls set state = 'ended', outcome = :outcome, note = :note, ended_at = now()
where id = :id and state <> 'ended' returning *;

-- name: is_called^
select state, end_reason, answered_at is not null as talked from calls where id = :call_id;

-- name: owner_legs
select answered_at is not null as answered, ending from call_legs
where call_id = :call_id and party = 'outside' order by rang_at, leg;

-- name: left_behind
-- Begun by no agent, and not over.
select * from owner_calls where state <> 'ended' and mode <> 'preview' order by taken_at, id;

-- name: legs_alive
select leg from call_legs where call_id = :call_id and ended_at is null;

-- name: dialled_campaigns
-- Those whose calls are begun by us, not by an agent.
select c.id as campaign_id, c.policy, coalesce(d.mode, planned.mode) as mode,
    coalesce(d.group_name, 'desk') as group_name,
    -- Version 0 is no setting: the dialling keeps its own picture there.
    case when d.version > 0 then d.cap end as cap,
    coalesce(d.machine, 'not_asked') as machine
from campaigns c
left join campaign_dialling d on d.campaign_id = c.id
left join lateral (
    select step ->> 'pacing' as mode from jsonb_array_elements(c.plan -> 'steps') step
    where step ->> 'way' = 'agent_call' limit 1
) planned on true
where c.state = 'running' and coalesce(d.mode, planned.mode, 'preview') <> 'preview'
order by c.id;

-- name: policy_of_campaign$
select policy from campaigns where id = :campaign_id;

-- name: dialling_of^
select * from campaign_dialling where campaign_id = :campaign_id;

-- name: keep_dialling$
-- Its new version; none: somebody else was faster.
insert into campaign_dialling (campaign_id, mode, group_name, cap, machine, version)
values (:campaign_id, :mode, :group_name, :cap, :machine, 1)
on conflict (campaign_id) do update set mode = excluded.mode, group_name = excluded.group_name,
    cap = excluded.cap, machine = excluded.machine, version = campaign_dialling.version + 1
    where campaign_dialling.version = :version
returning version;

-- name: keep_stood!
insert into campaign_dialling (campaign_id, mode, group_name, cap, machine, stood, stood_at)
values (:campaign_id, :mode, :group_name, :cap, :machine, :stood, now())
on conflict (campaign_id) do update set stood = excluded.stood, stood_at = now();

-- name: answered_lately^
-- Of a campaign's last hours, by calls that nobody but the dialling has begun: who answered himself,
-- and who of them found no agent.
select count(*) filter (where outcome is distinct from 'machine') as answered,
       count(*) filter (where outcome = 'abandoned') as abandoned
from owner_calls
where campaign_id = :campaign_id and answered_at > now() - make_interval(hours => :hours)
  and mode in ('progressive', 'predictive');

-- name: owner_calls_now
-- Those of a campaign that are not over.
select state, count(*) as calls from owner_calls
where campaign_id = :campaign_id and state <> 'ended' group by state;

-- name: inbound_waits$
-- Callers who wait for an agent of this group longer than they should.
select count(*) from queue_entries
where left_at is null and kind = 'call' and state = 'waiting'
  and group_name = any(:groups) and entered_at <= now() - make_interval(secs => :longer_s);

-- name: owner_call_before_agent^
-- The call that is at his seat; else whom he looks at.
select * from owner_calls where id = coalesce(
    (select o.id from seats s join owner_calls o on o.call_id = s.call_id
     where s.staff_id = :staff_id and s.contact <> 'none' and o.state <> 'ended'),
    (select id from owner_calls
     where staff_id = :staff_id and mode = 'preview' and state <> 'ended'));

-- name: noted_of_touch$
-- What an agent wrote down last of this owner in the same run.
select o.note from touches t
join touches before on before.run_id = t.run_id and before.owner_id = t.owner_id
join owner_calls o on o.touch_id = before.id
where t.id = :touch_id and o.outcome is not null and o.note <> ''
order by o.ended_at desc limit 1;

-- name: promised_calls
-- What this agent has promised and is still to do, the next first.
select t.id, t.owner_id, t.due_at, t.expires_at, w.name as owner, c.name as campaign,
    coalesce(noted.note, '') as note
from touches t
join owners w on w.id = t.owner_id
join campaigns c on c.id = t.campaign_id
left join lateral (
    select o.note from touches before join owner_calls o on o.touch_id = before.id
    where before.run_id = t.run_id and before.owner_id = t.owner_id
      and o.outcome is not null and o.note <> ''
    order by o.ended_at desc limit 1
) noted on true
where t.promised_to = :staff_id and t.state = 'ready' and t.promised_call_id is not null
  and t.expires_at > now()
order by t.due_at, t.id limit :limit;

-- name: owners_due$
-- Who may be called by this agent, as far as that is known before his claim; counted no further than
-- asked. Of each campaign no more than the first are looked at: where none of them speaks his language
-- there may be one behind them, and his claim will tell.
select least(coalesce(sum(n), 0), :most)::integer from (
    (select 1 as n from touches t
     where t.state = 'ready' and t.promised_call_id is not null and t.promised_to = :staff_id
       and t.channel = 'agent_call' and t.due_at <= now()
       and (t.passed_by is null or not :staff_id = any(t.passed_by))
     order by t.due_at, t.id
     limit :most)
    union all
    (select 1 from touches t
     where t.state = 'ready' and t.promised_call_id is not null and t.promised_to is null
       and t.channel = 'agent_call' and t.due_at <= now()
       and coalesce((select d.group_name from campaign_dialling d
                     where d.campaign_id = t.campaign_id), 'desk') = any(:groups::text[])
       and (:languages::text[] is null or (select o.language from owners o
            where o.id = t.owner_id) = any(:languages))
       and (t.passed_by is null or not :staff_id = any(t.passed_by))
     order by t.due_at, t.id
     limit :most)
    union all
    select greatest(count(*) filter (where first.his), (count(*) = :looked_at)::integer)
    from unnest(:campaigns::uuid[]) c (id)
    cross join lateral (
        select (:languages::text[] is null or (select o.language from owners o
                where o.id = t.owner_id) = any(:languages))
            and (t.passed_by is null or not :staff_id = any(t.passed_by)) as his
        from touches t
        where t.state = 'ready' and t.channel = 'agent_call' and t.promised_call_id is null
          and t.campaign_id = c.id and t.due_at <= now()
        order by t.due_at, t.id
        limit :looked_at
    ) first
    group by c.id
) due;

-- name: next_owner_due_at$
-- When the first of these campaigns' next calls comes up that is not due yet.
select min(first.due_at)
from unnest(:campaigns::uuid[]) c (id)
cross join lateral (
    select t.due_at from touches t
    where t.state = 'ready' and t.channel = 'agent_call' and t.promised_call_id is null
      and t.campaign_id = c.id and t.due_at > now()
    order by t.due_at, t.id limit 1
) first;

-- name: previewed_campaigns
-- Running campaigns whose agents look before they dial, of these groups.
select c.id as campaign_id
from campaigns c
left join campaign_dialling d on d.campaign_id = c.id
left join lateral (
    select step ->> 'pacing' as mode from jsonb_array_elements(c.plan -> 'steps') step
    where step ->> 'way' = 'agent_call' limit 1
) planned on true
where c.state = 'running' and coalesce(d.mode, planned.mode, 'preview') = 'preview'
  and coalesce(d.group_name, 'desk') = any(:groups::text[])
order by c.id;
