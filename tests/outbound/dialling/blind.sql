-- The product's query without its guards, for the control only.

-- name: lock_calls_of_agent
-- Neither the promise nor its owner is locked.
select t.id, r.owner_id, r.granted, r.refused, r.silent
from touches t join owner_reach r on r.owner_id = t.owner_id
where t.state = 'ready' and t.promised_call_id is not null and t.due_at <= now()
  and (t.promised_to is null or t.promised_to = :staff_id)
  and coalesce(:campaigns::uuid[], '{}') is not null and coalesce(:groups::text[], '{}') is not null
  and coalesce(:languages::text[], '{}') is not null
order by t.due_at, t.id limit 1;

-- name: give_touch_back^
-- Who comes late changes nothing, and is followed all the same.
with back as (
    update touches
    set state = :state, reason = :reason, due_at = coalesce(:due_at::timestamptz, due_at),
        claimed_by = null, claimed_at = null, sending_at = null, message_id = null,
        settled_at = case when :state <> 'ready' then clock_timestamp() end
    where id = :id and state in ('claimed', 'sending') and :ready_too::boolean is not null
    returning *
)
select * from back union all
select * from touches where id = :id and state not in ('claimed', 'sending') limit 1;
