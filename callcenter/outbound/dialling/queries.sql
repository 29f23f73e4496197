-- name: take_owner_call^
-- None: it was begun before.
insert into owner_calls (id, touch_id, campaign_id, owner_id, mode, number, words, language, staff_id,
                         state)
values (:id, :touch_id, :campaign_id, :owner_id, :mode, :number, :words, :language, :staff_id, 'taken')
on conflict (touch_id) do update
    -- Given back and claimed anew: the same row from its beginning.
    set mode = excluded.mode, number = excluded.number, words = excluded.words,
        language = excluded.language, staff_id = excluded.staff_id, state = 'taken', call_id = null,
        outcome = null, note = '', taken_at = now(), dialled_at = null, answered_at = null,
        connected_at = null, ended_at = null
    where owner_calls.state = 'ended' and owner_calls.outcome is null
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
