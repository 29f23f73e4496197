-- name: left_messages
select m.*, c.caller, c.caller_words, c.language, c.ticket_id, t.number as ticket_number,
       r.state as recording_state, r.seconds
from left_messages m join calls c on c.id = m.call_id
left join tickets t on t.id = c.ticket_id
left join call_recordings r on r.id = m.recording_id
where (:before_at::timestamptz is null or (m.left_at, m.id) < (:before_at, :before_id))
order by m.left_at desc, m.id desc limit :limit;

-- name: open_left_messages
-- A query of its own: planned for both, it would walk through all that ever were.
select m.*, c.caller, c.caller_words, c.language, c.ticket_id, t.number as ticket_number,
       r.state as recording_state, r.seconds
from left_messages m join calls c on c.id = m.call_id
left join tickets t on t.id = c.ticket_id
left join call_recordings r on r.id = m.recording_id
where m.handled_at is null
  and (:before_at::timestamptz is null or (m.left_at, m.id) < (:before_at, :before_id))
order by m.left_at desc, m.id desc limit :limit;

-- name: left_message^
select m.*, c.caller, c.caller_words, c.language, c.ticket_id, t.number as ticket_number,
       r.state as recording_state, r.seconds
from left_messages m join calls c on c.id = m.call_id
left join tickets t on t.id = c.ticket_id
left join call_recordings r on r.id = m.recording_id
where m.id = :id;

-- name: count_unheard$
select count(*) from left_messages where heard_at is null;

-- name: hear^
-- By whom first; the second changes nothing.
update left_messages set heard_at = now(), heard_by = :actor
where recording_id = :recording_id and heard_at is null returning id, call_id;

-- name: handle^
update left_messages set handled_at = now(), handled_by = :actor,
    heard_at = coalesce(heard_at, now()), heard_by = coalesce(heard_by, :actor)
where id = :id and handled_at is null returning id, call_id;
