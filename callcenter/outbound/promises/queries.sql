-- name: called_about^
-- What decides when the owner of this touch may be called.
select c.policy, t.purpose, o.zone from touches t
join campaigns c on c.id = t.campaign_id
join owners o on o.id = t.owner_id
where t.id = :touch_id;

-- name: insert_promised_call^
insert into promised_calls (id, owner_id, campaign_id, in_touch, promised_by, promised_at, due_at)
values (:id, :owner_id, :campaign_id, :in_touch, :promised_by, :promised_at, :due_at)
returning *;

-- name: lock_promised_call^
select * from promised_calls where id = :id for update;

-- name: get_promised_call^
select * from promised_calls where id = :id;

-- name: last_attempt$
select coalesce(max(attempt), 0) from touches
where run_id = :run_id and owner_id = :owner_id and step = :step;

-- name: tries$
select count(*) from touches where promised_call_id = :id and state <> 'withdrawn';

-- name: settle_promised_call^
-- Without a reason by that of the touch that was to keep it.
update promised_calls p
set state = :state, settled_at = case when :state <> 'open' then now() end,
    reason = case when :state <> 'broken' then '' when :reason <> '' then :reason
             else coalesce((select coalesce(nullif(t.reason, ''), t.state) from touches t
                            where t.promised_call_id = p.id order by t.attempt desc limit 1), '')
             end
where p.id = :id and p.state <> :state and p.seen_to_at is null
returning *;

-- name: overdue_of_one_agent
-- Due, and still his alone who promised it.
select p.id, t.id as touch_id, t.due_at from touches t
join promised_calls p on p.id = t.promised_call_id
where t.state = 'ready' and t.promised_call_id is not null and t.promised_to is not null
  and t.due_at <= now()
order by t.promised_to, t.due_at, t.id;

-- name: leave_to_all^
with left_now as (
    update touches set promised_to = null
    where id = :touch_id and state = 'ready' and promised_to is not null
    returning promised_call_id
)
update promised_calls set left_to_all_at = now()
where id = (select promised_call_id from left_now)
returning *;

-- name: forgotten
-- Open, and no touch is there any more that is to keep them.
select p.id from promised_calls p
where p.state = 'open' and not exists (
    select from touches t where t.promised_call_id = p.id
      and t.state in ('ready', 'claimed', 'sending'))
order by p.due_at, p.id limit :most;

-- name: is_forgotten$
select not exists (
    select from touches t where t.promised_call_id = :id
      and t.state in ('ready', 'claimed', 'sending'));

-- name: late
-- Due so long ago, and still to be made.
select p.*, o.name as owner, c.name as campaign, c.state as campaign_state, u.name as promised_by_name
from promised_calls p
join owners o on o.id = p.owner_id
join campaigns c on c.id = p.campaign_id
left join staff_users u on u.id = p.promised_by
where p.state = 'open' and p.due_at < now() - :patience::interval
order by p.due_at, p.id limit :limit;

-- name: broken
-- Not made, and nobody has seen to it.
select p.*, o.name as owner, c.name as campaign, c.state as campaign_state, u.name as promised_by_name
from promised_calls p
join owners o on o.id = p.owner_id
join campaigns c on c.id = p.campaign_id
left join staff_users u on u.id = p.promised_by
where p.state = 'broken' and p.seen_to_at is null
order by p.due_at, p.id limit :limit;

-- name: see_to^
update promised_calls set seen_to_at = now(), seen_to_by = :actor, seen_to_note = :note
where id = :id and state = 'broken' and seen_to_at is null
returning *;

-- name: is_stopped$
select state = 'stopped' from campaigns where id = :id;
