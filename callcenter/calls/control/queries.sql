-- name: add_order^
insert into call_orders (id, call_id, asked_by, verb, party, staff_id, station_id, number,
                         group_name)
values (:id, :call_id, :asked_by, :verb, :party, :staff_id, :station_id, :number, :group_name)
returning *;

-- name: get_order^
select * from call_orders where id = :id;

-- name: orders_of_call
select * from call_orders where call_id = :call_id order by asked_at, id;

-- name: close_order^
update call_orders set state = :state, refusal = :refusal, done_at = now()
where id = :id and state = 'asked' returning *;

-- name: add_leg!
-- Told again, nothing changes. A caller who comes back when his call was closed is of the new one.
insert into call_legs (leg, call_id, party, staff_id, station_id, number)
values (:leg, :call_id, :party, :staff_id, :station_id, :number)
on conflict (leg) do update set call_id = excluded.call_id, rang_at = now(), answered_at = null,
    ended_at = null, ending = null
where call_legs.call_id <> excluded.call_id;

-- name: leg_answered!
update call_legs set answered_at = now() where leg = :leg and answered_at is null;

-- name: leg_ended!
update call_legs set ended_at = now(), ending = :ending where leg = :leg and ended_at is null;

-- name: legs_ended!
-- The call is over: nobody is on the line any more, whatever was heard of them.
update call_legs set ended_at = now(), ending = :ending
where call_id = :call_id and ended_at is null;

-- name: legs_of_call
select * from call_legs where call_id = :call_id order by rang_at, leg;

-- name: is_on_switch$
select exists (select from call_legs where call_id = :call_id and ended_at is null);

-- name: call_of_legs$
select call_id from call_legs where leg = any(:legs) order by rang_at desc limit 1;

-- name: live_on_switch
-- Calls that have a leg there, as far as the house knows.
select c.id, array_agg(l.leg) as legs
from calls c join call_legs l on l.call_id = c.id and l.ended_at is null
where c.state <> 'ended' group by c.id;

-- name: undialled
-- Agents who wait for a call of theirs that nobody has begun to dial.
select c.id from seats s join calls c on c.id = s.call_id
where s.contact = 'talking' and c.direction = 'outbound' and c.state = 'ringing'
  and not exists (select from call_legs l where l.call_id = c.id);
