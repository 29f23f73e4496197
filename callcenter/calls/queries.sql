-- name: ring^
-- The carrier tells the same ring twice: one call, and the duplicate writes before it is answered.
insert into calls (id, carrier_ref, caller, state) values (:id, :carrier_ref, :caller, :state)
on conflict (carrier_ref) do update set carrier_ref = excluded.carrier_ref
returning *, (xmax = 0) as is_new;

-- name: keep_caller_words^
update calls set caller_words = :caller_words where id = :id returning *;

-- name: ring_through^
-- Out of the menu, or back from who has answered.
update calls set state = 'ringing', version = version + 1
where id = :id and state in ('menu', 'answered') returning *;

-- name: dial^
insert into calls (id, carrier_ref, caller, language, direction)
values (:id, :carrier_ref, :caller, :language, 'outbound') returning *;

-- name: speak!
update calls set language = :language, version = version + 1
where id = :id and language <> :language;

-- name: dispose^
update calls set disposition = :disposition, disposition_note = :disposition_note,
                 version = version + 1
where id = :id returning *;

-- name: get_call^
select * from calls where id = :id;

-- name: lock_call^
select * from calls where id = :id for update;

-- name: answer^
update calls set state = 'answered', answered_at = now(), answered_by = :staff_id,
                 version = version + 1
where id = :id and state in ('menu', 'ringing') returning *;

-- name: hand_over^
update calls set answered_by = coalesce(:staff_id, answered_by), version = version + 1
where id = :id and state = 'answered' returning *;

-- name: end_call^
update calls set state = 'ended', ended_at = now(), end_reason = :reason, version = version + 1
where id = :id and state <> 'ended' returning *;

-- name: attach_ticket^
-- Told twice, it changes nothing, but writes.
update calls set ticket_id = :ticket_id,
                 version = version + (ticket_id is distinct from :ticket_id)::integer
where id = :id returning *;

-- name: calls_of_owner
-- About his tickets; and from his numbers, where it came to no ticket.
select c.* from (
    select l.* from owner_contact_points oc
    join contact_points p on p.id = oc.contact_point_id
    cross join lateral (
        select * from calls where caller = p.e164 and ticket_id is null
          and (not :live or state <> 'ended')
          and (:before_at::timestamptz is null or (ringing_at, id) < (:before_at, :before_id))
          and (:since::timestamptz is null or ringing_at >= :since)
          and (:until::timestamptz is null or ringing_at < :until)
        order by ringing_at desc, id desc limit :limit) l
    where oc.owner_id = :owner_id
    union all
    select calls.* from tickets t join calls on calls.ticket_id = t.id
    where t.owner_id = :owner_id and (not :live or calls.state <> 'ended')
      and (:before_at::timestamptz is null
           or (calls.ringing_at, calls.id) < (:before_at, :before_id))
      and (:since::timestamptz is null or calls.ringing_at >= :since)
      and (:until::timestamptz is null or calls.ringing_at < :until)) c
order by c.ringing_at desc, c.id desc limit :limit;

-- name: list_live_calls
-- A query of its own: planned for both, it would walk through all that ever were.
select * from calls
where state <> 'ended'
  and (:before_at::timestamptz is null or (ringing_at, id) < (:before_at, :before_id))
order by ringing_at desc, id desc limit :limit;

-- name: list_calls
select * from calls
where (:before_at::timestamptz is null or (ringing_at, id) < (:before_at, :before_id))
order by ringing_at desc, id desc limit :limit;

-- name: calls_between
select * from calls
where ringing_at >= coalesce(:since, '-infinity'::timestamptz)
  and ringing_at < coalesce(:until, 'infinity'::timestamptz)
  and (not :live or state <> 'ended')
  and (:before_at::timestamptz is null or (ringing_at, id) < (:before_at, :before_id))
order by ringing_at desc, id desc limit :limit;

-- name: calls_of_number
select * from calls
where caller = :caller and (not :live or state <> 'ended')
  and (:before_at::timestamptz is null or (ringing_at, id) < (:before_at, :before_id))
  and (:since::timestamptz is null or ringing_at >= :since)
  and (:until::timestamptz is null or ringing_at < :until)
order by ringing_at desc, id desc limit :limit;
