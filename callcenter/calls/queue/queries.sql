-- name: lock_the_floor!
-- One pick at a time over all groups: two at once would each see the other's half and miss a match.
select pg_advisory_xact_lock(7305001);

-- name: last_agent$
-- Whom he spoke to last, within a week.
select answered_by from calls
where caller = :caller and answered_by is not null and answered_at > now() - interval '7 days'
order by answered_at desc limit 1;

-- name: claim_call_back^
-- He rings himself: his place is waiting for him. One that is being dialled is on its way to him.
update queue_entries set state = 'claimed', left_at = now()
where kind = 'call_back' and state = 'waiting' and left_at is null
  and caller = :caller and group_name = :group_name
returning *;

-- name: enter^
-- Told twice, it is one place; the duplicate writes before it is answered.
insert into queue_entries (id, kind, call_id, caller, group_name, urgency, tier, language, skills,
                           drill, entered_at, turn_at, last_agent_id)
values (:id, 'call', :call_id, :caller, :group_name, :urgency, :tier, :language, :skills, :drill,
        :entered_at, :turn_at, :last_agent_id)
on conflict (call_id) where kind = 'call' and left_at is null
    do update set call_id = excluded.call_id
returning *, (xmax = 0) as is_new;

-- name: keep_call_back^
-- One open call-back for a caller in a group: the earlier turn counts.
insert into queue_entries (id, kind, call_id, caller, group_name, urgency, tier, language, skills,
                           drill, entered_at, turn_at, last_agent_id, why)
values (:id, 'call_back', :call_id, :caller, :group_name, :urgency, :tier, :language, :skills, :drill,
        :entered_at, :turn_at, :last_agent_id, :why)
on conflict (caller, group_name) where kind = 'call_back' and left_at is null
    do update set turn_at = least(queue_entries.turn_at, excluded.turn_at),
                  entered_at = least(queue_entries.entered_at, excluded.entered_at)
returning *, (xmax = 0) as is_new;

-- name: raise_urgency^
update queue_entries set urgency = :urgency, turn_at = :turn_at
where id = :id and left_at is null and turn_at > :turn_at returning *;

-- name: lock_waiting
-- By turn. A place that is changing this moment is looked at when that is done.
select * from queue_entries
where left_at is null and state = 'waiting' and (not_before is null or not_before <= now())
order by turn_at, id limit :limit for update skip locked;

-- name: offer_place^
update queue_entries set state = 'offered', offered_to = :staff_id, offered_at = now(),
                         offers = offers + 1, pick = :pick, dial_id = :dial_id
where id = :id and state = 'waiting' returning *;

-- name: lock_place_of_call^
-- The call's own place, or the call-back that is made by it.
select * from queue_entries
where left_at is null and (call_id = :call_id and kind = 'call' or dial_id = :call_id)
for update;

-- name: get_place^
select * from queue_entries where id = :id;

-- name: lock_place^
select * from queue_entries where id = :id for update;

-- name: wait_again^
update queue_entries set state = 'waiting', offered_to = null, offered_at = null,
                         not_before = :not_before, attempts = :attempts
where id = :id and state = 'offered' returning *;

-- name: leave_queue^
update queue_entries set state = :state, left_at = now() where id = :id and left_at is null
returning *;

-- name: count_ahead$
select count(*) from queue_entries
where left_at is null and group_name = :group_name and (turn_at, id) < (:turn_at, :id);

-- name: pace^
-- Agents at the group, and the mean time from answer to the end of wrap-up of its last 50 calls.
select
    (select count(*) from seats s join staff_users u on u.id = s.staff_id
     left join agent_profiles p on p.staff_id = s.staff_id
     where s.availability = 'ready' and not s.lost
       and (case when p.staff_id is null then u.role = any(:roles) else :group_name = any(p.groups) end)
    ) as agents,
    (select avg(ended_at - answered_at) from (
        select c.answered_at, c.ended_at from queue_entries q join calls c on c.id = q.call_id
        where q.group_name = :group_name and q.state = 'answered' and c.ended_at is not null
          and q.entered_at > now() - interval '1 day'
        order by q.entered_at desc limit 50) recent) as handling;

-- name: list_groups
select * from hotline_groups order by name;

-- name: list_queue
select * from queue_entries where left_at is null order by turn_at, id limit :limit;

-- name: places_of_call
select * from queue_entries where call_id = :call_id order by id;

-- name: lock_group^
select * from hotline_groups where name = :name for update;

-- name: keep_group^
update hotline_groups set title_zh = :title_zh, title_en = :title_en, second_group = :second_group,
    second_after_s = :second_after_s, expert_group = :expert_group,
    expert_after_s = :expert_after_s, outside_number = :outside_number,
    outside_after_s = :outside_after_s, version = version + 1
where name = :name returning *;
