-- The product's queries without their guards, for the controls only.

-- name: lock_due_touches
-- Without the owners' locks.
with due as (
    select t.id, t.owner_id, t.priority, t.due_at
    from unnest(:buckets::smallint[]) b (bucket)
    cross join lateral (
        select id, owner_id, priority, due_at from touches
        where state = 'ready' and channel = :way and bucket = b.bucket and due_at <= now()
        order by priority, due_at, id
        limit :each
        for update skip locked
    ) t
    limit :most
)
select distinct on (r.owner_id) due.id, r.owner_id, r.granted, r.refused, r.silent
from due join owner_reach r on r.owner_id = due.owner_id
order by r.owner_id, due.priority, due.due_at, due.id;

-- name: lock_due_calls
-- The same of calls.
with due as (
    select id, owner_id, priority, due_at from touches
    where state = 'ready' and channel = :way and due_at <= now()
      and (:campaigns::uuid[] is null or campaign_id = any(:campaigns))
      and (promised_to is null or promised_to = :staff_id)
    order by priority, due_at, id
    limit :most
    for update skip locked
)
select distinct on (r.owner_id) due.id, r.owner_id, r.granted, r.refused, r.silent
from due join owner_reach r on r.owner_id = due.owner_id
order by r.owner_id, due.priority, due.due_at, due.id;

-- name: lock_owner_of_touch^
select t.id, r.owner_id, r.granted, r.refused, r.silent from touches t
join owner_reach r on r.owner_id = t.owner_id where t.id = :id;

-- name: begin_touch^
-- Whoever comes, in whatever state it is.
update touches
set state = 'sending', sending_at = coalesce(:at::timestamptz, clock_timestamp()),
    call_id = coalesce(:call_id::uuid, call_id)
where id = :id and (:by::text is null or true) and (:message_id::uuid is null or true)
returning *;

-- name: lapsed_touches
-- What had begun is taken for what had not.
select id, 'claimed' as state from touches
where state in ('claimed', 'sending') and message_id is null
  and claimed_at < now() - make_interval(secs => :lease_s)
  and (sending_at is null or sending_at < now() - make_interval(secs => :talk_s))
order by claimed_at limit :most for update skip locked;

-- name: claim_message^
-- What had begun is sent once more: nobody knows that it was not.
update messages set state = 'sending' where id = :id and state in ('queued', 'sending')
returning *;

-- name: settle_touch^
-- What is unknown stays so, whatever is heard of it.
update touches
set state = :state, reason = :reason, settled_at = clock_timestamp()
where id = :id and state = 'sending'
returning *;

-- name: keep_dialling$
-- Whoever was faster.
insert into campaign_dialling (campaign_id, mode, group_name, cap, machine, version)
values (:campaign_id, :mode, :group_name, :cap, :machine, 1)
on conflict (campaign_id) do update set mode = excluded.mode, group_name = excluded.group_name,
    cap = excluded.cap, machine = excluded.machine, version = campaign_dialling.version + 1
    where :version::integer is not null
returning version;

-- name: see_to_text^
-- Whoever else has.
update inbound_texts set seen_to_at = now(), seen_to_by = :actor, seen_to_note = :note
where id = :id returning *;

-- name: keep_outcome^
-- Whatever comes last.
update touches set outcome = :outcome, outcome_at = clock_timestamp()
where id = :id and outcome is distinct from :outcome and :over::text[] is not null
returning *;

-- name: bring_forward$
-- Whatever is ready of that step.
update touches set due_at = least(due_at, :due_at), expires_at = least(expires_at, :expires_at)
where run_id = :run_id and owner_id = :owner_id and step = :step and state = 'ready'
returning true;

-- name: lock_expired_calls
-- Agents' calls alone.
select t.id, t.owner_id, r.granted, r.refused, r.silent
from touches t join owner_reach r on r.owner_id = t.owner_id
where t.state = 'ready' and t.channel = 'agent_call' and t.expires_at <= now()
order by t.expires_at limit :most;
